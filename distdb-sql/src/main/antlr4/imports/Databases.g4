// SPDX-License-Identifier: MIT
// CREATE DATABASE, DROP DATABASE.
parser grammar Databases;

createDatabase
    : CREATE DATABASE name WITH? databaseOption*
    ;

databaseOption
    : name LIMIT? EQUAL? (STRING | name | DEFAULT | TRUE | FALSE | MINUS? INTEGER_NUMBER)
    ;

dropDatabase
    : DROP DATABASE (IF EXISTS)? name (WITH? LEFT_PAREN balanced* RIGHT_PAREN)?
    ;
