// SPDX-License-Identifier: MIT
// INSERT, UPDATE, DELETE.
parser grammar DataManipulation;

insert
    : withClause? INSERT INTO qualifiedName (AS name)?
      (LEFT_PAREN insertColumn (COMMA insertColumn)* RIGHT_PAREN)?
      (OVERRIDING name VALUES)?
      (DEFAULT VALUES | query)
      onConflict? returning?
    ;

insertColumn
    : name (DOT name | LEFT_BRACKET balanced* RIGHT_BRACKET)?
    ;

onConflict
    : ON CONFLICT balanced*
    ;

returning
    : RETURNING selectItems
    ;

update
    : withClause? UPDATE ONLY? qualifiedName STAR? (AS? name)?
      SET setItem (COMMA setItem)*
      (FROM fromItem (COMMA fromItem)*)?
      whereOrCursor?
      returning?
    ;

setItem
    : insertColumn EQUAL valueOrDefault                                        # setColumn
    | LEFT_PAREN nameList RIGHT_PAREN EQUAL ROW? setSource                     # setRow
    ;

setSource
    : LEFT_PAREN valueOrDefault (COMMA valueOrDefault)* RIGHT_PAREN
    | subquery
    ;

delete
    : withClause? DELETE FROM ONLY? qualifiedName STAR? (AS? name)?
      (USING fromItem (COMMA fromItem)*)?
      whereOrCursor?
      returning?
    ;

whereOrCursor
    : WHERE expression
    ;
