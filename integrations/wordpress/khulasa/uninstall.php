<?php
/**
 * Leaves nothing behind but the summaries that editors accepted into their posts' own text.
 *
 * @package Khulasa
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Clean one site.
 */
function khulasa_clean_site(): void {
	delete_option( 'khulasa_settings' );
	wp_unschedule_hook( 'khulasa_look_after_job' );
	foreach ( array( '_khulasa_draft', '_khulasa_job', 'khulasa_short_ar', 'khulasa_short_en', 'khulasa_long_ar', 'khulasa_long_en' ) as $khulasa_key ) {
		delete_post_meta_by_key( $khulasa_key );
	}
}

if ( is_multisite() ) {
	foreach ( get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	) as $khulasa_site ) {
		switch_to_blog( $khulasa_site );
		khulasa_clean_site();
		restore_current_blog();
	}
} else {
	khulasa_clean_site();
}
