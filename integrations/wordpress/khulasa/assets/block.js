/* The block "Article summary" in the editor: rendered by the server, length and language to choose. */
'use strict';

( function ( { registerBlockType }, { createElement, Fragment }, { InspectorControls, useBlockProps }, { PanelBody, SelectControl, Placeholder }, ServerSideRender, { __ } ) {

	function Edit( { attributes, setAttributes, context } ) {
		const empty = () => createElement( Placeholder, { icon: 'excerpt-view', label: __( 'Article summary', 'khulasa' ), instructions: __( 'No summary of this kind has been accepted yet.', 'khulasa' ) } );
		return createElement(
			Fragment,
			{},
			createElement(
				InspectorControls,
				{},
				createElement(
					PanelBody,
					{ title: __( 'Summary', 'khulasa' ) },
					createElement( SelectControl, {
						label: __( 'Length', 'khulasa' ),
						value: attributes.length,
						options: [
							{ value: 'short', label: __( 'short', 'khulasa' ) },
							{ value: 'long', label: __( 'long', 'khulasa' ) },
						],
						onChange: ( length ) => setAttributes( { length } ),
					} ),
					createElement( SelectControl, {
						label: __( 'Language', 'khulasa' ),
						value: attributes.language,
						options: [
							{ value: 'ar', label: __( 'Arabic', 'khulasa' ) },
							{ value: 'en', label: __( 'English', 'khulasa' ) },
						],
						onChange: ( language ) => setAttributes( { language } ),
					} )
				)
			),
			createElement(
				'div',
				useBlockProps(),
				createElement( ServerSideRender, { block: 'khulasa/summary', attributes, urlQueryArgs: { post_id: context.postId }, EmptyResponsePlaceholder: empty } )
			)
		);
	}

	registerBlockType( 'khulasa/summary', { edit: Edit, save: () => null } );
} )( window.wp.blocks, window.wp.element, window.wp.blockEditor, window.wp.components, window.wp.serverSideRender, window.wp.i18n );
