<?php
/**
 * Standard Webhooks signatures (standardwebhooks.com), v1.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Pure: no state, no WordPress.
 */
final class Signature {

	const TOLERANCE_S = 300;

	/**
	 * Whether a message is from who holds the secret, and fresh.
	 *
	 * @param string $secret    "whsec_" and base64.
	 * @param string $id        The header webhook-id.
	 * @param string $timestamp The header webhook-timestamp.
	 * @param string $body      The raw body.
	 * @param string $given     The header webhook-signature: "v1,…", several by space.
	 * @param int    $now       Seconds since the epoch.
	 */
	public static function verify( string $secret, string $id, string $timestamp, string $body, string $given, int $now ): bool {
		$key = 0 === strpos( $secret, 'whsec_' ) ? base64_decode( substr( $secret, 6 ), true ) : false; // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- the format of the secret.
		if ( ! is_string( $key ) || '' === $key || '' === $id || ! ctype_digit( $timestamp ) ) {
			return false;
		}
		if ( abs( $now - (int) $timestamp ) > self::TOLERANCE_S ) {
			return false;
		}
		$expected = base64_encode( hash_hmac( 'sha256', $id . '.' . $timestamp . '.' . $body, $key, true ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the format of the signature.
		$right    = false;
		foreach ( explode( ' ', $given ) as $signature ) {
			// No early way out: each is compared in constant time.
			$right = hash_equals( 'v1,' . $expected, $signature ) || $right;
		}
		return $right;
	}
}
