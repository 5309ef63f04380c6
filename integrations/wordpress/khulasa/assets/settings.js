/* The "test connection" button: asks WordPress, which asks the service. */
'use strict';

( function ( apiFetch, { __, sprintf } ) {
	const button = document.getElementById( 'khulasa-test' );
	const result = document.getElementById( 'khulasa-test-result' );

	button.addEventListener( 'click', async () => {
		button.disabled = true;
		result.textContent = __( 'Asking…', 'khulasa' );
		try {
			const info = await apiFetch( { path: '/khulasa/v1/test', method: 'POST' } );
			/* translators: 1: version, 2: name of the model set. */
			result.textContent = sprintf( __( 'Connected: Khulasa %1$s, profile %2$s.', 'khulasa' ), info.version, info.profile );
		} catch ( error ) {
			result.textContent = error.message;
		} finally {
			button.disabled = false;
		}
	} );
} )( window.wp.apiFetch, window.wp.i18n );
