<?php
/**
 * The settings form. Secrets are never printed: a placeholder says whether one is stored.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

$khulasa_name   = static function ( string $field ): string {
	return Settings::OPTION . '[' . $field . ']';
};
$khulasa_stored = static function ( string $secret ): string {
	return Settings::get( $secret ) ? __( 'stored; leave empty to keep it', 'khulasa' ) : __( 'none', 'khulasa' );
};
$khulasa_labels = array(
	'meta'    => __( 'Post meta only', 'khulasa' ),
	'excerpt' => __( 'The excerpt (short summary, in the post’s language)', 'khulasa' ),
	'block'   => __( 'A summary block at the top of the post', 'khulasa' ),
);
?>
<div class="wrap">
	<h1><?php esc_html_e( 'Khulasa', 'khulasa' ); ?></h1>
	<form method="post" action="options.php">
		<?php settings_fields( Settings::PAGE ); ?>
		<table class="form-table" role="presentation">
			<tr>
				<th scope="row"><label for="khulasa-url"><?php esc_html_e( 'Service address', 'khulasa' ); ?></label></th>
				<td><input id="khulasa-url" class="regular-text code" type="url" dir="ltr" name="<?php echo esc_attr( $khulasa_name( 'url' ) ); ?>" value="<?php echo esc_attr( Settings::get( 'url' ) ); ?>" required></td>
			</tr>
			<?php
			foreach ( array(
				'api_key'        => __( 'API key', 'khulasa' ),
				'webhook_secret' => __( 'Webhook secret', 'khulasa' ),
			) as $khulasa_secret => $khulasa_label ) :
				?>
			<tr>
				<th scope="row"><label for="khulasa-<?php echo esc_attr( $khulasa_secret ); ?>"><?php echo esc_html( $khulasa_label ); ?></label></th>
				<td>
					<input id="khulasa-<?php echo esc_attr( $khulasa_secret ); ?>" class="regular-text code" type="password" dir="ltr" autocomplete="new-password" name="<?php echo esc_attr( $khulasa_name( $khulasa_secret ) ); ?>" value="" placeholder="<?php echo esc_attr( $khulasa_stored( $khulasa_secret ) ); ?>">
					<?php if ( Settings::get( $khulasa_secret ) ) : ?>
					<label><input type="checkbox" name="<?php echo esc_attr( $khulasa_name( 'forget_' . $khulasa_secret ) ); ?>" value="1"> <?php esc_html_e( 'Forget it', 'khulasa' ); ?></label>
					<?php endif; ?>
				</td>
			</tr>
			<?php endforeach; ?>
			<tr>
				<th scope="row"><?php esc_html_e( 'Summaries', 'khulasa' ); ?></th>
				<td>
					<?php
					foreach ( array(
						'short' => __( 'Short (1–2 sentences)', 'khulasa' ),
						'long'  => __( 'Long (4–6 sentences)', 'khulasa' ),
					) as $khulasa_length => $khulasa_label ) :
						?>
					<label><input type="checkbox" name="<?php echo esc_attr( $khulasa_name( 'lengths' ) ); ?>[]" value="<?php echo esc_attr( $khulasa_length ); ?>" <?php checked( in_array( $khulasa_length, Settings::get( 'lengths' ), true ) ); ?>> <?php echo esc_html( $khulasa_label ); ?></label><br>
					<?php endforeach; ?>
				</td>
			</tr>
			<tr>
				<th scope="row"><label for="khulasa-destination"><?php esc_html_e( 'Accepted summaries go to', 'khulasa' ); ?></label></th>
				<td>
					<select id="khulasa-destination" name="<?php echo esc_attr( $khulasa_name( 'destination' ) ); ?>">
						<?php foreach ( $khulasa_labels as $khulasa_value => $khulasa_label ) : ?>
						<option value="<?php echo esc_attr( $khulasa_value ); ?>" <?php selected( Settings::get( 'destination' ), $khulasa_value ); ?>><?php echo esc_html( $khulasa_label ); ?></option>
						<?php endforeach; ?>
					</select>
				</td>
			</tr>
			<tr>
				<th scope="row"><?php esc_html_e( 'Search engines', 'khulasa' ); ?></th>
				<td><label><input type="checkbox" name="<?php echo esc_attr( $khulasa_name( 'schema' ) ); ?>" value="1" <?php checked( Settings::get( 'schema' ) ); ?>> <?php esc_html_e( 'Tell them the accepted short summary (schema.org abstract)', 'khulasa' ); ?></label></td>
			</tr>
		</table>
		<?php submit_button(); ?>
	</form>
	<h2><?php esc_html_e( 'Connection', 'khulasa' ); ?></h2>
	<p><button type="button" class="button" id="khulasa-test"><?php esc_html_e( 'Test connection', 'khulasa' ); ?></button> <span id="khulasa-test-result" role="status" aria-live="polite"></span></p>
</div>
