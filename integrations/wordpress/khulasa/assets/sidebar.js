/* The block editor's sidebar: holds the panel, and puts accepted summaries where the settings say. */
'use strict';

( function ( { registerPlugin }, { PluginSidebar, PluginSidebarMoreMenuItem }, { createElement, Fragment, useEffect, useRef }, { select, dispatch }, { createBlock }, { __ } ) {

	const NAME = 'khulasa';
	const ICON = 'excerpt-view';

	async function save() {
		const editor = select( 'core/editor' );
		if ( editor.isEditedPostDirty() || editor.isEditedPostNew() ) {
			await dispatch( 'core/editor' ).savePost();
		}
	}

	function onAccept( summary, postLanguage ) {
		const { destination } = window.khulasaSettings;
		const own = summary.language === postLanguage;
		if ( destination === 'excerpt' && own && summary.length === 'short' ) {
			dispatch( 'core/editor' ).editPost( { excerpt: summary.text } );
		}
		if ( destination === 'block' && ! hasBlock( summary ) ) {
			const { language, length } = summary;
			dispatch( 'core/block-editor' ).insertBlock( createBlock( 'khulasa/summary', { language, length } ), 0, undefined, false );
		}
	}

	function hasBlock( { language, length } ) {
		return select( 'core/block-editor' )
			.getBlocks()
			.some( ( { name, attributes } ) => name === 'khulasa/summary' && attributes.language === language && attributes.length === length );
	}

	function Panel() {
		const root = useRef();
		useEffect( () => {
			const postId = select( 'core/editor' ).getCurrentPostId();
			const panel = window.khulasaPanel( root.current, { postId, save, onAccept } );
			return panel.close;
		}, [] );
		return createElement( 'div', { ref: root } );
	}

	registerPlugin( NAME, {
		icon: ICON,
		render: () =>
			createElement(
				Fragment,
				{},
				createElement( PluginSidebarMoreMenuItem, { target: NAME, icon: ICON }, __( 'Khulasa', 'khulasa' ) ),
				createElement( PluginSidebar, { name: NAME, icon: ICON, title: __( 'Khulasa', 'khulasa' ) }, createElement( Panel ) )
			),
	} );
} )( window.wp.plugins, window.wp.editPost, window.wp.element, window.wp.data, window.wp.blocks, window.wp.i18n );
