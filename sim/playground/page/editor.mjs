// SPDX-License-Identifier: GPL-2.0-or-later
// The editor: CodeMirror with the scenario language, messages at their place, and lines marked from the picture.
import { EditorState, EditorSelection, StateEffect, StateField, Compartment, Annotation } from '@codemirror/state';
import { EditorView, Decoration, keymap, lineNumbers, drawSelection, highlightActiveLine,
	highlightActiveLineGutter, highlightSpecialChars } from '@codemirror/view';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting, codeFolding, foldEffect, foldGutter, foldKeymap, foldable, bracketMatching } from '@codemirror/language';
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { setDiagnostics, lintKeymap, lintGutter } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { classHighlighter } from '@lezer/highlight';
import { scenarioLanguage, commentFolds, completeWith } from './language.mjs';

// Not typed by the reader: another page's text.
const isLoaded = Annotation.define();
const setMarked = StateEffect.define();
const markedLine = Decoration.line({ class: 'marked-line' });

const markedLines = StateField.define({
	create: () => Decoration.none,
	update(marks, transaction) {
		// what the reader does next ends the mark
		let now = transaction.isUserEvent('select') || transaction.docChanged ? Decoration.none : marks;
		for (const effect of transaction.effects)
			if (effect.is(setMarked))
				now = Decoration.set(effect.value
					.filter((line) => line >= 1 && line <= transaction.state.doc.lines)
					.map((line) => markedLine.range(transaction.state.doc.line(line).from)));
		return now;
	},
	provide: (field) => EditorView.decorations.from(field),
});

// onChange(text), onLine(number) when the cursor moves to another line, onPaste(text): true if it was dealt with.
export class Editor {
	#view;
	#language = new Compartment();
	#line = 0;
	#make;

	constructor({ parent, label, onChange, onLine, onPaste }) {
		const listener = EditorView.updateListener.of((update) => {
			if (update.docChanged && !update.transactions.some((one) => one.annotation(isLoaded)))
				onChange(this.text);
			const line = update.state.doc.lineAt(update.state.selection.main.head).number;
			if (update.selectionSet && line !== this.#line && update.view.hasFocus)
				onLine(line);
			this.#line = line;
		});
		this.#make = (text) => EditorState.create({
			doc: text,
			extensions: [
				lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), highlightSpecialChars(),
				highlightActiveLine(), highlightActiveLineGutter(), bracketMatching(), codeFolding(), commentFolds,
				markedLines, syntaxHighlighting(classHighlighter), this.#language.of(this.#extensions ?? []),
				EditorState.tabSize.of(8), EditorView.lineWrapping,
				EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
				EditorView.domEventHandlers({
					paste: (event) => onPaste(event.clipboardData?.getData('text/plain') ?? ''),
				}),
				// Tab leaves the editor, so that the keyboard is not caught in it.
				keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap,
					...searchKeymap, ...foldKeymap]),
				listener,
			],
		});
		this.#view = new EditorView({ parent, state: this.#make('') });
	}

	#extensions;

	teach(words, kernels) {
		this.#extensions = [scenarioLanguage(words),
			autocompletion({ override: [completeWith(words, kernels)], icons: false })];
		this.#view.dispatch({ effects: this.#language.reconfigure(this.#extensions) });
	}

	get text() {
		return this.#view.state.doc.toString();
	}

	// Another page's text: nothing to undo.
	load(text) {
		this.#line = 0;
		this.#view.setState(this.#make(text));
		this.#view.requestMeasure();
	}

	// A change that the reader can undo.
	replace(text) {
		this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
	}

	foldComment() {
		const { state } = this.#view;
		const range = foldable(state, state.doc.line(1).from, state.doc.line(1).to);
		if (range)
			this.#view.dispatch({ effects: foldEffect.of(range), annotations: isLoaded.of(true) });
	}

	// [{from, to, severity, message}]
	show(diagnostics) {
		const end = this.#view.state.doc.length;
		this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics.map((diagnostic) => ({
			...diagnostic, from: Math.min(diagnostic.from, end), to: Math.min(diagnostic.to, end),
		}))));
	}

	// Where a line begins and ends without its indent, for messages that concern a whole line.
	placeOf(number) {
		const { doc } = this.#view.state;
		const line = doc.line(Math.min(Math.max(number, 1), doc.lines));
		return { from: line.from + /^\s*/.exec(line.text)[0].length, to: line.to };
	}

	mark(lines) {
		this.#view.dispatch({ effects: setMarked.of([...new Set(lines)].sort((a, b) => a - b)) });
	}

	// Brings a line into the editor's view, and leaves the page where it is.
	reveal(number) {
		const { scrollDOM } = this.#view;
		const { top, bottom } = this.#view.lineBlockAt(this.placeOf(number).from);
		if (top < scrollDOM.scrollTop || bottom > scrollDOM.scrollTop + scrollDOM.clientHeight)
			scrollDOM.scrollTop = top - scrollDOM.clientHeight / 3;
	}

	goTo(number) {
		const { from } = this.placeOf(number);
		this.#view.dispatch({
			selection: EditorSelection.cursor(from),
			effects: EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 40 }),
		});
		this.#view.focus();
	}

	focus() {
		this.#view.focus();
	}
}
