<?php
/**
 * Where the service tells that a job has ended.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * The one REST route without a user: who may call it is proved by the signature alone.
 */
final class Webhook {

	const ROUTE = '/webhook';

	/**
	 * Register on rest_api_init.
	 */
	public static function register(): void {
		add_action(
			'rest_api_init',
			static function () {
				register_rest_route(
					Rest::SPACE,
					self::ROUTE,
					array(
						'methods'             => 'POST',
						'callback'            => array( self::class, 'receive' ),
						'permission_callback' => array( self::class, 'is_signed' ),
					)
				);
			}
		);
	}

	/**
	 * This route's address.
	 */
	public static function url(): string {
		return rest_url( Rest::SPACE . self::ROUTE );
	}

	/**
	 * Whether the message is signed, fresh and new.
	 *
	 * @param \WP_REST_Request $request The request.
	 */
	public static function is_signed( \WP_REST_Request $request ): bool {
		$id     = (string) $request->get_header( 'webhook-id' );
		$signed = Signature::verify(
			(string) Settings::get( 'webhook_secret' ),
			$id,
			(string) $request->get_header( 'webhook-timestamp' ),
			$request->get_body(),
			(string) $request->get_header( 'webhook-signature' ),
			time()
		);
		return $signed && ! get_transient( self::seen( $id ) );
	}

	/**
	 * Look after the job that the message names; what it says beyond that is not believed.
	 *
	 * @param \WP_REST_Request $request The request.
	 */
	public static function receive( \WP_REST_Request $request ): \WP_REST_Response {
		set_transient( self::seen( (string) $request->get_header( 'webhook-id' ) ), 1, 2 * Signature::TOLERANCE_S );
		$data = $request->get_json_params();
		$job  = is_array( $data ) ? (string) ( $data['data']['job_id'] ?? '' ) : '';
		foreach ( self::posts_of( $job ) as $post_id ) {
			Jobs::look_after( $post_id );
		}
		return new \WP_REST_Response( null, 204 );
	}

	/**
	 * The posts that wait for a job.
	 *
	 * @param string $job The job's id.
	 * @return int[]
	 */
	private static function posts_of( string $job ): array {
		if ( ! preg_match( '/^[0-9a-f-]{32,36}$/', $job ) ) {
			return array();
		}
		return get_posts(
			array(
				'post_type'   => Meta::types(),
				'post_status' => 'any',
				'fields'      => 'ids',
				'numberposts' => 10,
				'meta_query'  => array( // phpcs:ignore WordPress.DB.SlowDBQuery.slow_db_query_meta_query -- a handful of posts have a job.
					array(
						'key'     => Meta::JOB,
						'value'   => $job,
						'compare' => 'LIKE',
					),
				),
			)
		);
	}

	/**
	 * The name under which a message is remembered, so that it cannot be replayed.
	 *
	 * @param string $id The message's id.
	 */
	private static function seen( string $id ): string {
		return 'khulasa_seen_' . md5( $id );
	}
}
