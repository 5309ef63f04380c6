<?php
/**
 * The settings and their page.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * One option holds all; the API key and the webhook secret never leave the server.
 */
final class Settings {

	const OPTION = 'khulasa_settings';
	const PAGE   = 'khulasa';

	/**
	 * What holds where nothing was set.
	 *
	 * @return array<string, mixed>
	 */
	public static function defaults(): array {
		return array(
			'url'            => 'http://127.0.0.1:8000',
			'api_key'        => '',
			'webhook_secret' => '',
			'lengths'        => array( 'short', 'long' ),
			'destination'    => 'meta',
			'schema'         => false,
		);
	}

	/**
	 * One setting.
	 *
	 * @param string $name Its name in defaults().
	 * @return mixed
	 */
	public static function get( string $name ) {
		$stored = get_option( self::OPTION, array() );
		$all    = array_merge( self::defaults(), is_array( $stored ) ? $stored : array() );
		return $all[ $name ];
	}

	/**
	 * Register the option, the page and its script.
	 */
	public static function register(): void {
		add_action( 'admin_init', array( self::class, 'register_option' ) );
		add_action( 'admin_menu', array( self::class, 'register_page' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'enqueue' ) );
	}

	/**
	 * The option is written through sanitize() alone and is not in the REST API.
	 */
	public static function register_option(): void {
		register_setting(
			self::PAGE,
			self::OPTION,
			array(
				'type'              => 'object',
				'sanitize_callback' => array( self::class, 'sanitize' ),
				'show_in_rest'      => false,
				'default'           => self::defaults(),
			)
		);
	}

	/**
	 * Hold what a form sent to what a setting may be. A secret that is left empty stays as it was.
	 *
	 * @param mixed $given The form's fields.
	 * @return array<string, mixed>
	 */
	public static function sanitize( $given ): array {
		$given  = is_array( $given ) ? $given : array();
		$stored = get_option( self::OPTION, array() );
		$stored = array_merge( self::defaults(), is_array( $stored ) ? $stored : array() );
		$clean  = array(
			'url'         => self::clean_url( (string) ( $given['url'] ?? '' ), (string) $stored['url'] ),
			'lengths'     => self::clean_lengths( $given['lengths'] ?? array() ),
			'destination' => in_array( $given['destination'] ?? '', self::destinations(), true ) ? $given['destination'] : 'meta',
			'schema'      => ! empty( $given['schema'] ),
		);
		foreach ( array( 'api_key', 'webhook_secret' ) as $secret ) {
			$typed            = trim( sanitize_text_field( (string) ( $given[ $secret ] ?? '' ) ) );
			$clean[ $secret ] = '' !== $typed ? $typed : $stored[ $secret ];
			if ( ! empty( $given[ 'forget_' . $secret ] ) ) {
				$clean[ $secret ] = '';
			}
		}
		return $clean;
	}

	/**
	 * Where accepted summaries may go.
	 *
	 * @return string[]
	 */
	public static function destinations(): array {
		return array( 'meta', 'excerpt', 'block' );
	}

	/**
	 * A service address, or the one there was.
	 *
	 * @param string $typed  What was typed.
	 * @param string $stored What there was.
	 */
	private static function clean_url( string $typed, string $stored ): string {
		$url = esc_url_raw( trim( $typed ), array( 'http', 'https' ) );
		if ( '' === $url || ! wp_parse_url( $url, PHP_URL_HOST ) ) {
			add_settings_error( self::OPTION, 'url', __( 'The service address must be a http or https URL.', 'khulasa' ) );
			return $stored;
		}
		return untrailingslashit( $url );
	}

	/**
	 * At least one of the two lengths.
	 *
	 * @param mixed $given What was ticked.
	 * @return string[]
	 */
	private static function clean_lengths( $given ): array {
		$lengths = array_values( array_intersect( array( 'short', 'long' ), (array) $given ) );
		return $lengths ? $lengths : array( 'short', 'long' );
	}

	/**
	 * The page below "Settings".
	 */
	public static function register_page(): void {
		add_options_page( __( 'Khulasa', 'khulasa' ), __( 'Khulasa', 'khulasa' ), 'manage_options', self::PAGE, array( self::class, 'render' ) );
	}

	/**
	 * The script of the "test connection" button.
	 *
	 * @param string $hook The current admin page.
	 */
	public static function enqueue( string $hook ): void {
		if ( 'settings_page_' . self::PAGE !== $hook ) {
			return;
		}
		wp_enqueue_script( 'khulasa-settings', plugins_url( 'assets/settings.js', FILE ), array( 'wp-api-fetch', 'wp-i18n' ), VERSION, true );
		wp_set_script_translations( 'khulasa-settings', 'khulasa', plugin_dir_path( FILE ) . 'languages' );
	}

	/**
	 * The page itself.
	 */
	public static function render(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			return;
		}
		require plugin_dir_path( FILE ) . 'includes/settings-page.php';
	}
}
