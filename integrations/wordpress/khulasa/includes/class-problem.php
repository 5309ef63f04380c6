<?php
/**
 * The service's problems (RFC 9457) in an editor's words.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Maps the service's stable codes to messages.
 */
final class Problem {

	/**
	 * The WP_Error for a problem.
	 *
	 * @param int                  $status      HTTP status of the service.
	 * @param array<string, mixed> $problem     The problem's members.
	 * @param int                  $retry_after Seconds, 0 if none were said.
	 */
	public static function to_error( int $status, array $problem, int $retry_after ): \WP_Error {
		$code = isset( $problem['code'] ) && is_string( $problem['code'] ) ? $problem['code'] : 'unreadable';
		// The browser's own 401 and 403 would log the editor out of WordPress' REST API.
		$shown = in_array( $status, array( 401, 403 ), true ) ? 502 : max( 400, $status );
		return new \WP_Error(
			'khulasa_' . $code,
			self::message( $code, $retry_after ),
			array(
				'status'      => $shown,
				'retry_after' => $retry_after,
			)
		);
	}

	/**
	 * What an editor is told.
	 *
	 * @param string $code        The service's code.
	 * @param int    $retry_after Seconds.
	 */
	public static function message( string $code, int $retry_after ): string {
		switch ( $code ) {
			case 'unauthenticated':
				return __( 'The service refuses the API key. Ask an administrator to check it in the settings.', 'khulasa' );
			case 'forbidden':
				return __( 'The API key does not allow this.', 'khulasa' );
			case 'too_short':
				return __( 'The article is too short to be summarized.', 'khulasa' );
			case 'too_large':
				return __( 'The article is too long for the service.', 'khulasa' );
			case 'wrong_language':
				return __( 'The article is neither Arabic nor English, or mixes them too much.', 'khulasa' );
			case 'queue_full':
			case 'busy':
			case 'quota_exceeded':
			case 'not_ready':
			case 'draining':
				/* translators: %d: seconds. */
				return sprintf( _n( 'The service is busy. Try again in %d second.', 'The service is busy. Try again in %d seconds.', max( 1, $retry_after ), 'khulasa' ), max( 1, $retry_after ) );
			case 'models_missing':
			case 'model_damaged':
				return __( 'The service has no models to work with. Its operator finds the command in its log.', 'khulasa' );
			case 'not_found':
				return __( 'The service no longer has this article. Summarize it again.', 'khulasa' );
			default:
				return __( 'The service could not do it.', 'khulasa' );
		}
	}
}
