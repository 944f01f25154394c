// SPDX-License-Identifier: MIT
// INSERT, UPDATE, DELETE.
parser grammar DataManipulation;

insert
    : withClause? INSERT INTO qualifiedName (AS name)?
      (LEFT_PAREN insertColumn (COMMA insertColumn)* RIGHT_PAREN)?
      (OVERRIDING (name | SESSION_VALUE) IDENTIFIER)?
      (DEFAULT VALUES | query)
      onConflict? returning?
    ;

insertColumn
    : name (DOT name | LEFT_BRACKET balanced* RIGHT_BRACKET)?
    ;

onConflict
    : ON CONFLICT conflictTarget? DO
      (NOTHING | UPDATE SET setItem (COMMA setItem)* (WHERE expression)?)
    ;

conflictTarget
    : LEFT_PAREN conflictColumn (COMMA conflictColumn)* RIGHT_PAREN (WHERE expression)?
    | ON CONSTRAINT name
    ;

conflictColumn
    : (name | functionName LEFT_PAREN balanced* RIGHT_PAREN | LEFT_PAREN balanced* RIGHT_PAREN)
      (COLLATE collation)? operatorClass?
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
