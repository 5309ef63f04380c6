<?php
/**
 * Jobs under way at the service: looked after by WP-Cron, or told by a webhook.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * One cron event a job, until it has ended.
 */
final class Jobs {

	const EVENT   = 'khulasa_look_after_job';
	const EVERY_S = 20;
	const LOST_S  = DAY_IN_SECONDS;

	/**
	 * Register on init.
	 */
	public static function register(): void {
		add_action( self::EVENT, array( self::class, 'look_after' ), 10, 1 );
	}

	/**
	 * Note a new job and look after it.
	 *
	 * @param int    $post_id The post.
	 * @param string $job_id  The job at the service.
	 */
	public static function begin( int $post_id, string $job_id ): void {
		Meta::keep_job(
			$post_id,
			array(
				'id'    => $job_id,
				'begun' => time(),
			)
		);
		self::schedule( $post_id );
	}

	/**
	 * Ask how far the post's job is; take its Digest if it is done.
	 *
	 * @param int $post_id The post.
	 */
	public static function look_after( $post_id ): void {
		$post = get_post( $post_id );
		$job  = $post ? Meta::job( $post->ID ) : null;
		if ( ! $job || isset( $job['error'] ) ) {
			return;
		}
		$known = Client::job( $job['id'] );
		if ( is_wp_error( $known ) ) {
			self::unreachable( $post, $job, $known );
			return;
		}
		self::step( $post, $job, $known );
	}

	/**
	 * What a job's state means for its post.
	 *
	 * @param \WP_Post             $post  The post.
	 * @param array<string, mixed> $job   What is kept of it.
	 * @param array<string, mixed> $known What the service says of it.
	 */
	private static function step( \WP_Post $post, array $job, array $known ): void {
		switch ( $known['state'] ) {
			case 'done':
				$fetched = Summarizer::fetch( $post, (string) $known['article_id'] );
				if ( is_wp_error( $fetched ) ) {
					self::unreachable( $post, $job, $fetched );
				}
				return;
			case 'failed':
				Meta::keep_job( $post->ID, array_merge( $job, array( 'error' => Problem::message( (string) ( $known['problem']['code'] ?? '' ), 1 ) ) ) );
				return;
			case 'cancelled':
				delete_post_meta( $post->ID, Meta::JOB );
				return;
			default:
				Meta::keep_job(
					$post->ID,
					array_merge(
						$job,
						array(
							'stage' => $known['stage'],
							'done'  => $known['done'],
							'total' => $known['total'],
						)
					)
				);
				self::schedule( $post->ID );
		}
	}

	/**
	 * The service does not answer: look again, for a day.
	 *
	 * @param \WP_Post             $post  The post.
	 * @param array<string, mixed> $job   What is kept of it.
	 * @param \WP_Error            $error What was answered.
	 */
	private static function unreachable( \WP_Post $post, array $job, \WP_Error $error ): void {
		$lost = 'khulasa_not_found' === $error->get_error_code() || time() - (int) $job['begun'] > self::LOST_S;
		if ( $lost ) {
			Meta::keep_job( $post->ID, array_merge( $job, array( 'error' => $error->get_error_message() ) ) );
			return;
		}
		self::schedule( $post->ID );
	}

	/**
	 * Look again soon.
	 *
	 * @param int $post_id The post.
	 */
	private static function schedule( int $post_id ): void {
		if ( ! wp_next_scheduled( self::EVENT, array( $post_id ) ) ) {
			wp_schedule_single_event( time() + self::EVERY_S, self::EVENT, array( $post_id ) );
		}
	}

	/**
	 * Leave nothing scheduled behind.
	 */
	public static function unschedule(): void {
		wp_unschedule_hook( self::EVENT );
	}
}
