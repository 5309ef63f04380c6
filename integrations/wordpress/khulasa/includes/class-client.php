<?php
/**
 * The one place that talks to the service.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Requests to the service; every failure is a WP_Error that an editor can read.
 *
 * Neither the article nor the key is ever logged or put into an error.
 */
final class Client {

	const TIMEOUT_S = 50;

	/**
	 * GET /v1/info.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function info() {
		return self::ask( 'GET', '/v1/info', null, 10 );
	}

	/**
	 * POST /v1/articles. A 202 comes back as array( 'job' => id ), an answer as the Digest.
	 *
	 * @param array<string, mixed> $article text or html, title, lengths, webhook.
	 * @param bool                 $wait    Whether to wait for the answer instead of a job.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function digest( array $article, bool $wait ) {
		$headers = $wait ? array() : array( 'Prefer' => 'respond-async' );
		$answer  = self::ask( 'POST', '/v1/articles', $article, self::TIMEOUT_S, $headers );
		if ( ! is_wp_error( $answer ) && isset( $answer['state'] ) ) {
			return array( 'job' => $answer['id'] );
		}
		return $answer;
	}

	/**
	 * GET /v1/articles/{id}.
	 *
	 * @param string $id The Digest's id.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function article( string $id ) {
		return self::ask( 'GET', '/v1/articles/' . rawurlencode( $id ), null, 10 );
	}

	/**
	 * GET /v1/jobs/{id}.
	 *
	 * @param string $id The job's id.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function job( string $id ) {
		return self::ask( 'GET', '/v1/jobs/' . rawurlencode( $id ), null, 10 );
	}

	/**
	 * DELETE /v1/jobs/{id}.
	 *
	 * @param string $id The job's id.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function cancel( string $id ) {
		return self::ask( 'DELETE', '/v1/jobs/' . rawurlencode( $id ), null, 10 );
	}

	/**
	 * POST /v1/articles/{id}/feedback.
	 *
	 * @param string                $id         The Digest's id.
	 * @param array<string, string> $correction which, text, by.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function feedback( string $id, array $correction ) {
		return self::ask( 'POST', '/v1/articles/' . rawurlencode( $id ) . '/feedback', $correction, 10 );
	}

	/**
	 * GET /v1/articles/{id}/diff/{other}.
	 *
	 * @param string $from The older Digest's id.
	 * @param string $to   The newer one's.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function diff( string $from, string $to ) {
		return self::ask( 'GET', '/v1/articles/' . rawurlencode( $from ) . '/diff/' . rawurlencode( $to ), null, 10 );
	}

	/**
	 * One request.
	 *
	 * @param string                    $method    HTTP method.
	 * @param string                    $path      Path below the service's address.
	 * @param array<string, mixed>|null $body      JSON body.
	 * @param int                       $timeout_s Seconds to wait.
	 * @param array<string, string>     $headers   Further headers.
	 * @return array<string, mixed>|\WP_Error
	 */
	private static function ask( string $method, string $path, ?array $body, int $timeout_s, array $headers = array() ) {
		$key = Settings::get( 'api_key' );
		if ( $key ) {
			$headers['Authorization'] = 'Bearer ' . $key;
		}
		$headers['Accept'] = 'application/json';
		$request           = array(
			'method'      => $method,
			'timeout'     => $timeout_s,
			'redirection' => 0,
		);
		if ( null !== $body ) {
			$headers['Content-Type'] = 'application/json';
			$request['body']         = wp_json_encode( $body, JSON_UNESCAPED_UNICODE );
		}
		$request['headers'] = $headers;
		return self::read( wp_remote_request( Settings::get( 'url' ) . $path, $request ) );
	}

	/**
	 * The JSON of a response, or what went wrong.
	 *
	 * @param array<string, mixed>|\WP_Error $response What wp_remote_request gave.
	 * @return array<string, mixed>|\WP_Error
	 */
	private static function read( $response ) {
		if ( is_wp_error( $response ) ) {
			return new \WP_Error( 'khulasa_unreachable', __( 'The Khulasa service cannot be reached. Is it running, and is its address right?', 'khulasa' ), array( 'status' => 502 ) );
		}
		$status  = (int) wp_remote_retrieve_response_code( $response );
		$decoded = json_decode( wp_remote_retrieve_body( $response ), true );
		if ( $status >= 200 && $status < 300 && is_array( $decoded ) ) {
			return $decoded;
		}
		return Problem::to_error( $status, is_array( $decoded ) ? $decoded : array(), (int) wp_remote_retrieve_header( $response, 'retry-after' ) );
	}
}
