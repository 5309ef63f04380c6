<?php
/**
 * A client of Khulasa in one file, PHP's own streams alone: copy it into your CMS.
 *
 *     $client = new KhulasaClient( 'http://127.0.0.1:8000', 'khu_…' );
 *     $digest = $client->digest( array( 'text' => $article, 'title' => $headline ) );
 *     echo $digest['summaries']['ar']['short']['text'];
 *
 * It asks for a job and follows it, so a long article never holds a connection; it comes back when
 * the service says so (Retry-After) and throws KhulasaProblem for what a person must see.
 */

/** An error of the service (RFC 9457); $problem is stable. */
final class KhulasaProblem extends RuntimeException {
	/** @var string */
	public $problem;

	public function __construct( int $status, array $body ) {
		parent::__construct( $body['detail'] ?? "HTTP $status", $status );
		$this->problem = $body['code'] ?? 'unreadable';
	}
}

final class KhulasaClient {
	private string $url;
	private string $key;
	private int $patience_s;

	public function __construct( string $url, string $key = '', int $patience_s = 600 ) {
		$this->url        = rtrim( $url, '/' );
		$this->key        = $key;
		$this->patience_s = $patience_s;
	}

	/** The Digest of an article: text or html, title, lengths, … */
	public function digest( array $article ): array {
		$end    = time() + $this->patience_s;
		$answer = $this->ask( 'POST', '/v1/articles', $article, $end, array( 'Prefer: respond-async' ) );
		while ( isset( $answer['state'] ) ) {
			if ( 'done' === $answer['state'] ) {
				return $this->ask( 'GET', '/v1/articles/' . $answer['article_id'], null, $end );
			}
			if ( ! in_array( $answer['state'], array( 'queued', 'running' ), true ) ) {
				throw new KhulasaProblem( 422, $answer['problem'] ?? array( 'code' => $answer['state'] ) );
			}
			usleep( 500000 );
			$answer = $this->ask( 'GET', '/v1/jobs/' . $answer['id'], null, $end );
		}
		return $answer;
	}

	/** Have an editor's words served from now on; $which as in "summaries.ar.short". */
	public function correct( string $id, string $which, string $text, string $by ): array {
		$body = compact( 'which', 'text', 'by' );
		return $this->ask( 'POST', "/v1/articles/$id/feedback", $body, time() + $this->patience_s );
	}

	private function ask( string $method, string $path, ?array $body, int $end, array $headers = array() ): array {
		$headers[] = 'Content-Type: application/json';
		if ( '' !== $this->key ) {
			$headers[] = 'Authorization: Bearer ' . $this->key;
		}
		$http = array(
			'method'          => $method,
			'header'          => $headers,
			'timeout'         => 60,
			'ignore_errors'   => true,
			'follow_location' => 0,
		);
		if ( null !== $body ) {
			$http['content'] = json_encode( $body, JSON_UNESCAPED_UNICODE );
		}
		while ( true ) {
			$raw = @file_get_contents( $this->url . $path, false, stream_context_create( array( 'http' => $http ) ) );
			if ( false === $raw ) {
				throw new KhulasaProblem( 502, array( 'code' => 'unreachable', 'detail' => 'the service cannot be reached' ) );
			}
			list( $status, $wait ) = self::head( $http_response_header );
			$answer                = json_decode( $raw, true );
			if ( $status < 300 && is_array( $answer ) ) {
				return $answer;
			}
			if ( ! in_array( $status, array( 429, 503 ), true ) || time() + $wait > $end ) {
				throw new KhulasaProblem( $status, is_array( $answer ) ? $answer : array() );
			}
			sleep( $wait );
		}
	}

	/** The status and the seconds to wait, from the response's header lines. */
	private static function head( array $lines ): array {
		$status = (int) explode( ' ', $lines[0] )[1];
		$wait   = 1;
		foreach ( $lines as $line ) {
			if ( 0 === stripos( $line, 'retry-after:' ) ) {
				$wait = max( 1, (int) substr( $line, 12 ) );
			}
		}
		return array( $status, $wait );
	}
}
