<?php
/**
 * What the editor's browser may ask of WordPress; it never talks to the service itself.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Routes below khulasa/v1.
 */
final class Rest {

	const SPACE = 'khulasa/v1';
	const POST  = '/posts/(?P<id>\d+)';

	/**
	 * Register on rest_api_init.
	 */
	public static function register(): void {
		add_action( 'rest_api_init', array( self::class, 'routes' ) );
	}

	/**
	 * The routes.
	 */
	public static function routes(): void {
		self::route( self::POST, 'GET', 'state' );
		self::route( self::POST . '/summarize', 'POST', 'summarize' );
		self::route( self::POST . '/cancel', 'POST', 'cancel' );
		self::route( self::POST . '/changes', 'GET', 'changes' );
		self::route( self::POST . '/discard', 'POST', 'discard' );
		$summary = array(
			'length'   => array(
				'required' => true,
				'enum'     => array( 'short', 'long' ),
			),
			'language' => array(
				'required' => true,
				'enum'     => array( 'ar', 'en' ),
			),
			'text'     => array(
				'required'          => true,
				'type'              => 'string',
				'minLength'         => 1,
				'sanitize_callback' => 'sanitize_textarea_field',
			),
		);
		self::route( self::POST . '/accept', 'POST', 'accept', $summary );
		register_rest_route(
			self::SPACE,
			'/test',
			array(
				'methods'             => 'POST',
				'callback'            => array( self::class, 'test' ),
				'permission_callback' => static function () {
					return current_user_can( 'manage_options' );
				},
			)
		);
	}

	/**
	 * One route about a post, for who may edit that post.
	 *
	 * @param string               $path     Its path.
	 * @param string               $methods  HTTP methods.
	 * @param string               $callback A method of this class.
	 * @param array<string, mixed> $args     Further arguments.
	 */
	private static function route( string $path, string $methods, string $callback, array $args = array() ): void {
		register_rest_route(
			self::SPACE,
			$path,
			array(
				'methods'             => $methods,
				'callback'            => array( self::class, $callback ),
				'permission_callback' => static function ( \WP_REST_Request $request ) {
					return current_user_can( 'edit_post', (int) $request['id'] );
				},
				'args'                => $args,
			)
		);
	}

	/**
	 * What the panel shows; asks the service how far a job is.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function state( \WP_REST_Request $request ) {
		Jobs::look_after( (int) $request['id'] );
		return self::answer( (int) $request['id'] );
	}

	/**
	 * Begin to summarize a post.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function summarize( \WP_REST_Request $request ) {
		$post = get_post( (int) $request['id'] );
		$done = $post ? Summarizer::summarize( $post, false ) : true;
		return is_wp_error( $done ) ? $done : self::answer( (int) $request['id'] );
	}

	/**
	 * Take a running job back.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function cancel( \WP_REST_Request $request ) {
		$job = Meta::job( (int) $request['id'] );
		if ( $job && ! isset( $job['error'] ) ) {
			Client::cancel( $job['id'] );
		}
		delete_post_meta( (int) $request['id'], Meta::JOB );
		return self::answer( (int) $request['id'] );
	}

	/**
	 * What changed between the last two sets of summaries.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function changes( \WP_REST_Request $request ) {
		$draft = Meta::draft( (int) $request['id'] );
		if ( ! $draft || ! $draft['previous'] ) {
			return new \WP_Error( 'khulasa_no_changes', __( 'There is nothing older to compare with.', 'khulasa' ), array( 'status' => 404 ) );
		}
		return Client::diff( $draft['previous'], $draft['id'] );
	}

	/**
	 * Throw away what was not accepted.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function discard( \WP_REST_Request $request ) {
		delete_post_meta( (int) $request['id'], Meta::DRAFT );
		delete_post_meta( (int) $request['id'], Meta::JOB );
		return self::answer( (int) $request['id'] );
	}

	/**
	 * Accept a summary as the editor left it; what was changed is told to the service.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function accept( \WP_REST_Request $request ) {
		$id    = (int) $request['id'];
		$draft = Meta::draft( $id );
		update_post_meta( $id, Meta::key( $request['length'], $request['language'] ), wp_slash( $request['text'] ) );
		$told   = $draft ? self::tell( $id, $draft, $request ) : true;
		$answer = self::answer( $id );
		if ( is_wp_error( $told ) && ! is_wp_error( $answer ) ) {
			// Accepted all the same: the editor's text does not wait for the service.
			$answer->data['notice'] = $told->get_error_message();
		}
		return $answer;
	}

	/**
	 * GET /v1/info, for the settings page.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function test() {
		$info = Client::info();
		return is_wp_error( $info ) ? $info : array(
			'version' => $info['version'],
			'profile' => $info['profile'],
		);
	}

	/**
	 * Send a changed summary back, so that the service serves it from now on.
	 *
	 * @param int                  $post_id The post.
	 * @param array<string, mixed> $draft   What the service had answered.
	 * @param \WP_REST_Request     $request The accepted summary.
	 * @return true|\WP_Error
	 */
	private static function tell( int $post_id, array $draft, \WP_REST_Request $request ) {
		$length   = $request['length'];
		$language = $request['language'];
		$was      = $draft['summaries'][ $language ][ $length ]['text'] ?? null;
		if ( null === $was || $was === $request['text'] ) {
			return true;
		}
		$told = Client::feedback(
			$draft['id'],
			array(
				'which' => "summaries.$language.$length",
				'text'  => $request['text'],
				'by'    => wp_get_current_user()->display_name,
			)
		);
		if ( is_wp_error( $told ) ) {
			return $told;
		}
		$draft['summaries'][ $language ][ $length ]['text']   = $request['text'];
		$draft['summaries'][ $language ][ $length ]['method'] = 'editor';
		update_post_meta( $post_id, Meta::DRAFT, wp_slash( wp_json_encode( $draft, JSON_UNESCAPED_UNICODE ) ) );
		return true;
	}

	/**
	 * The state of a post as a response.
	 *
	 * @param int $post_id The post.
	 * @return \WP_REST_Response|\WP_Error
	 */
	private static function answer( int $post_id ) {
		$post = get_post( $post_id );
		if ( ! $post ) {
			return new \WP_Error( 'khulasa_no_post', __( 'There is no such post.', 'khulasa' ), array( 'status' => 404 ) );
		}
		return new \WP_REST_Response( Meta::state( $post ) );
	}
}
