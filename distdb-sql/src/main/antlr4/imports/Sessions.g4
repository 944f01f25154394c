// SPDX-License-Identifier: MIT
// Cursors and notifications. Most of their words are no keywords here: the builders read them.
parser grammar Sessions;

// The words between the names: BINARY, INSENSITIVE, SCROLL, CURSOR.
declareCursor
    : DECLARE name cursorWord+ ((WITH | WITHOUT) name)? FOR query
    ;

cursorWord
    : IDENTIFIER
    | NO
    | RESERVED_WORD
    ;

// A direction, FROM or IN, the cursor.
fetchCursor
    : (FETCH | MOVE) fetchWord* name
    ;

fetchWord
    : name
    | ALL
    | FROM
    | IN
    | (PLUS | MINUS)? INTEGER_NUMBER
    ;

closeCursor
    : CLOSE (ALL | name)
    ;

listen
    : LISTEN name
    ;

notifyChannel
    : NOTIFY name (COMMA STRING)?
    ;

unlisten
    : UNLISTEN (STAR | name)
    ;
