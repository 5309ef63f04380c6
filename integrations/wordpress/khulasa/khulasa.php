<?php
/**
 * Plugin Name:       Khulasa
 * Description:       Bilingual Arabic–English summaries of your articles, made in your own house. You read, edit and accept; nothing is published by itself.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           Apache-2.0
 * License URI:       https://www.apache.org/licenses/LICENSE-2.0
 * Text Domain:       khulasa
 * Domain Path:       /languages
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

spl_autoload_register(
	static function ( $name ) {
		if ( 0 !== strpos( $name, __NAMESPACE__ . '\\' ) ) {
			return;
		}
		$short = strtolower( str_replace( '_', '-', substr( $name, strlen( __NAMESPACE__ ) + 1 ) ) );
		$path  = __DIR__ . '/includes/class-' . $short . '.php';
		if ( is_readable( $path ) ) {
			require $path;
		}
	}
);

add_action( 'plugins_loaded', array( Plugin::class, 'start' ) );
register_deactivation_hook( __FILE__, array( Jobs::class, 'unschedule' ) );
