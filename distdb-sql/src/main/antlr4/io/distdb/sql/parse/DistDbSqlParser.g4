// SPDX-License-Identifier: MIT
// DistDB's SQL: PostgreSQL's dialect. One grammar per statement family is imported; this file has
// what they share. Tokens come from io.distdb.sql.parse.Lexer (docs/adr/0001), so there are no
// lexer rules here. What PostgreSQL has and DistDB has not yet is recognised too, and refused by
// name in the AST builders.
parser grammar DistDbSqlParser;

import Tokens, Expressions, Queries, DataManipulation, Copy, DataDefinition, Databases, Roles, Transactions, Utility, Sessions;

singleStatement
    : statement SEMICOLON* EOF
    ;

// The text of a stored expression: a default, a check.
singleExpression
    : expression EOF
    ;

statement
    : plainStatement
    | explain
    | analyze
    ;

// What EXPLAIN explains: not EXPLAIN, or the parser would recurse as deep as the text says.
plainStatement
    : query
    | insert
    | update
    | delete
    | copy
    | definition
    | createDatabase
    | dropDatabase
    | roleStatement
    | begin
    | commit
    | rollback
    | savepoint
    | releaseSavepoint
    | lockTable
    | setStatement
    | resetStatement
    | showStatement
    | prepare
    | execute
    | deallocate
    | discard
    | declareCursor
    | fetchCursor
    | closeCursor
    | listen
    | notifyChannel
    | unlisten
    | setConstraints
    | checkpoint
    | backup
    ;

// --- names ---

// Columns, tables, aliases after AS-less places, indexes, savepoints.
name
    : IDENTIFIER
    | unreservedKeyword
    | columnNameKeyword
    ;

// What may follow AS: every word.
label
    : name
    | typeFunctionKeyword
    | reservedKeyword
    | RESERVED_WORD
    ;

qualifiedName
    : name (DOT name)*
    ;

nameList
    : name (COMMA name)*
    ;

integerNumber
    : INTEGER_NUMBER
    ;
