/* The classic editor's box: the panel, and the excerpt field for accepted summaries. */
( function () {
	'use strict';
	const root = document.getElementById( 'khulasa-classic' );

	window.khulasaPanel( root, {
		postId: root.dataset.post,
		// What is summarized is what was saved: the editor says so when the text is newer.
		save: async () => {},
		onAccept( summary, postLanguage ) {
			const excerpt = document.getElementById( 'excerpt' );
			const wanted = window.khulasaSettings.destination === 'excerpt';
			if ( wanted && excerpt && summary.length === 'short' && summary.language === postLanguage ) {
				excerpt.value = summary.text;
			}
		},
	} );
} )();
