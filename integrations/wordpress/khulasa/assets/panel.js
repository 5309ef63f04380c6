/*
 * The panel of both editors: one button, progress, the summaries to edit and accept, translation, flags.
 * Plain DOM; everything is asked of WordPress, never of the service.
 *
 * window.khulasaPanel( root, { postId, save, onAccept } ) fills root and returns { refresh, close }.
 */
'use strict';

( function ( apiFetch, { __, sprintf }, a11y ) {

	const POLL_MS = 1500;
	const NAMES = { ar: __( 'Arabic', 'khulasa' ), en: __( 'English', 'khulasa' ) };
	const LENGTHS = { short: __( 'short', 'khulasa' ), long: __( 'long', 'khulasa' ) };
	const STAGES = {
		intake: __( 'Reading', 'khulasa' ),
		translate: __( 'Translating', 'khulasa' ),
		summarize: __( 'Summarizing', 'khulasa' ),
		check: __( 'Checking', 'khulasa' ),
	};

	function element( tag, attributes, ...children ) {
		const made = document.createElement( tag );
		for ( const [ name, value ] of Object.entries( attributes || {} ) ) {
			if ( name.startsWith( 'on' ) ) {
				made.addEventListener( name.slice( 2 ), value );
			} else if ( value !== null && value !== false ) {
				made.setAttribute( name, value === true ? '' : value );
			}
		}
		made.append( ...children.filter( ( child ) => child !== null && child !== undefined ) );
		return made;
	}

	function direction( language ) {
		return { lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' };
	}

	window.khulasaPanel = function ( root, { postId, save, onAccept } ) {
		const base = '/khulasa/v1/posts/' + postId;
		let timer = null;
		let closed = false;

		function tell( text, isError ) {
			const notice = root.querySelector( '.khulasa-notice' );
			notice.textContent = text;
			notice.classList.toggle( 'is-error', Boolean( isError ) );
			if ( text ) {
				a11y.speak( text, isError ? 'assertive' : 'polite' );
			}
		}

		async function ask( path, data ) {
			try {
				return await apiFetch( { path: base + path, method: data ? 'POST' : 'GET', data } );
			} catch ( error ) {
				tell( error.message, true );
				return null;
			}
		}

		async function refresh() {
			const state = await ask( '' );
			if ( state ) {
				draw( state );
			}
		}

		async function summarize() {
			tell( __( 'Sending…', 'khulasa' ) );
			await save();
			const state = await ask( '/summarize', {} );
			if ( state ) {
				tell( '' );
				draw( state );
			}
		}

		async function act( path, data, done ) {
			const state = await ask( path, data );
			if ( state ) {
				tell( state.notice || done || '', Boolean( state.notice ) );
				draw( state );
			}
			return state;
		}

		function follow( job ) {
			clearTimeout( timer );
			if ( ! closed && job && ! job.error ) {
				timer = setTimeout( refresh, POLL_MS );
			}
		}

		function draw( state ) {
			const body = root.querySelector( '.khulasa-body' );
			const running = state.job && ! state.job.error;
			body.replaceChildren(
				...( running ? [ progress( state.job ) ] : [ begin( state ) ] ),
				...( state.draft ? drawDraft( state ) : [] )
			);
			if ( state.job && state.job.error ) {
				tell( state.job.error, true );
			}
			follow( state.job );
		}

		function begin( state ) {
			const label = ! state.draft
				? __( 'Summarize', 'khulasa' )
				: state.stale
				? __( 'Refresh the summaries', 'khulasa' )
				: __( 'Summarize again', 'khulasa' );
			return element(
				'div',
				{},
				state.stale
					? element( 'p', { class: 'khulasa-stale' }, __( 'The text has changed since it was summarized.', 'khulasa' ) )
					: null,
				element( 'button', { type: 'button', class: 'button button-primary components-button is-primary khulasa-begin', onclick: summarize }, label )
			);
		}

		function progress( job ) {
			const stage = STAGES[ job.stage ] || __( 'Waiting', 'khulasa' );
			const bar = element( 'progress', { 'aria-label': stage } );
			if ( job.total ) {
				bar.max = job.total;
				bar.value = job.done;
			}
			const count = job.total ? ' ' + job.done + ' / ' + job.total : '';
			return element(
				'div',
				{ class: 'khulasa-progress' },
				element( 'p', { role: 'status' }, stage + count ),
				bar,
				element( 'button', { type: 'button', class: 'button components-button is-secondary', onclick: () => act( '/cancel', {} ) }, __( 'Cancel', 'khulasa' ) )
			);
		}

		function drawDraft( state ) {
			const { draft } = state;
			const languages = draft.language === 'ar' ? [ 'ar', 'en' ] : [ 'en', 'ar' ];
			const summaries = languages.flatMap( ( language ) =>
				state.lengths
					.filter( ( length ) => draft.summaries[ language ] && draft.summaries[ language ][ length ] )
					.map( ( length ) => summary( state, language, length ) )
			);
			return [
				...summaries,
				draft.previous ? changes() : null,
				flags( draft ),
				element(
					'details',
					{ class: 'khulasa-translation' },
					element( 'summary', {}, __( 'Translation', 'khulasa' ) ),
					...[ draft.translation.title, ...draft.translation.text.split( '\n\n' ) ]
						.filter( Boolean )
						.map( ( paragraph ) => element( 'p', direction( draft.translation.language ), paragraph ) )
				),
				element( 'button', { type: 'button', class: 'button-link components-button is-link is-destructive', onclick: () => act( '/discard', {} ) }, __( 'Discard all', 'khulasa' ) ),
				element( 'p', { class: 'khulasa-signature', dir: 'ltr' }, draft.signature ),
			].filter( Boolean );
		}

		function summary( state, language, length ) {
			const offered = state.draft.summaries[ language ][ length ];
			const accepted = state.accepted[ 'khulasa_' + length + '_' + language ];
			const id = 'khulasa-' + postId + '-' + language + '-' + length;
			/* translators: 1: language, 2: short or long. */
			const label = sprintf( __( '%1$s, %2$s', 'khulasa' ), NAMES[ language ], LENGTHS[ length ] );
			const field = element( 'textarea', { id, rows: length === 'short' ? 4 : 8, ...direction( language ) } );
			field.value = offered.text;
			const mark = accepted
				? element( 'span', { class: 'khulasa-accepted' }, accepted === offered.text ? __( 'accepted', 'khulasa' ) : __( 'another one is accepted', 'khulasa' ) )
				: null;
			const accept = async () => {
				const data = { language, length, text: field.value.trim() };
				const next = await act( '/accept', data, __( 'Accepted.', 'khulasa' ) );
				if ( next ) {
					onAccept( data, state.draft.language );
				}
			};
			return element(
				'fieldset',
				{ class: 'khulasa-summary' },
				element( 'legend', {}, element( 'label', { for: id }, label ), ' ', mark ),
				field,
				element( 'button', { type: 'button', class: 'button components-button is-secondary khulasa-accept', 'data-summary': language + '-' + length, onclick: accept }, __( 'Accept', 'khulasa' ) )
			);
		}

		function flags( draft ) {
			const shown = draft.flags.filter( ( flag ) => flag.severity !== 'info' );
			if ( ! shown.length ) {
				return null;
			}
			const { interface: language } = window.khulasaSettings;
			return element(
				'details',
				{ class: 'khulasa-flags', open: shown.some( ( flag ) => flag.severity === 'severe' ) },
				/* translators: %d: number of remarks. */
				element( 'summary', {}, sprintf( __( 'Look at twice (%d)', 'khulasa' ), shown.length ) ),
				element(
					'ul',
					{},
					...shown.map( ( flag ) => element( 'li', { class: 'is-' + flag.severity, ...direction( language ) }, element( 'bdi', {}, flag.message[ language ] ) ) )
				)
			);
		}

		function changes() {
			const list = element( 'ul', {} );
			const details = element( 'details', { class: 'khulasa-changes' }, element( 'summary', {}, __( 'What changed', 'khulasa' ) ), list );
			details.addEventListener( 'toggle', async () => {
				const found = details.open && ! list.children.length ? await ask( '/changes' ) : null;
				if ( found ) {
					const items = [
						...found.sentences.map( ( change ) => [ change.old, change.new ] ),
						...found.summaries.map( ( change ) => [ change.old, change.new ] ),
					];
					list.replaceChildren(
						...items.map( ( [ before, after ] ) =>
							element( 'li', { dir: 'auto' }, before ? element( 'del', { dir: 'auto' }, before ) : null, ' ', after ? element( 'ins', { dir: 'auto' }, after ) : null )
						)
					);
				}
			} );
			return details;
		}

		root.classList.add( 'khulasa-panel' );
		root.replaceChildren( element( 'p', { class: 'khulasa-notice' } ), element( 'div', { class: 'khulasa-body' } ) );
		refresh();
		return {
			refresh,
			close() {
				closed = true;
				clearTimeout( timer );
			},
		};
	};
} )( window.wp.apiFetch, window.wp.i18n, window.wp.a11y );
