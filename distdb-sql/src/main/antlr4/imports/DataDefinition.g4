// SPDX-License-Identifier: MIT
// CREATE and DROP of tables and indexes.
parser grammar DataDefinition;

createTable
    : CREATE tablePersistence? TABLE (IF NOT EXISTS)? qualifiedName
      ( LEFT_PAREN (tableElement (COMMA tableElement)*)? RIGHT_PAREN createTableOption*
      | (LEFT_PAREN nameList RIGHT_PAREN)? createTableOption* createTableAs
      | OF balanced+
      | PARTITION OF balanced+
      )
    ;

tablePersistence
    : LOCAL? (TEMP | TEMPORARY)
    | UNLOGGED
    ;

createTableAs
    : AS query (WITH NO? IDENTIFIER)?
    ;

createTableOption
    : INHERITS LEFT_PAREN balanced* RIGHT_PAREN
    | PARTITION BY name LEFT_PAREN balanced* RIGHT_PAREN
    | USING name
    | WITH LEFT_PAREN balanced* RIGHT_PAREN
    | WITHOUT IDENTIFIER
    | ON COMMIT (DROP | DELETE ROWS | IDENTIFIER ROWS)
    | TABLESPACE name
    ;

tableElement
    : columnDefinition
    | (CONSTRAINT name)? tableConstraint
    | LIKE qualifiedName balanced*
    ;

columnDefinition
    : name typeName (COLLATE label)? columnConstraint*
    ;

columnConstraint
    : (CONSTRAINT name)?
      ( NOT NULL
      | NULL
      | PRIMARY KEY
      | UNIQUE (NULLS NOT? DISTINCT)?
      | DEFAULT arithmetic
      | CHECK LEFT_PAREN balanced* RIGHT_PAREN
      | REFERENCES qualifiedName (LEFT_PAREN nameList RIGHT_PAREN)? referenceOption*
      | GENERATED balancedGenerated
      )
    | constraintTiming
    ;

balancedGenerated
    : (ALWAYS | BY DEFAULT) AS (IDENTIFIER | LEFT_PAREN balanced* RIGHT_PAREN)
      (LEFT_PAREN balanced* RIGHT_PAREN | IDENTIFIER)?
    ;

constraintTiming
    : NOT? DEFERRABLE
    | INITIALLY IDENTIFIER
    ;

referenceOption
    : IDENTIFIER (FULL | IDENTIFIER)
    | ON (DELETE | UPDATE) (NO IDENTIFIER | RESTRICT | CASCADE | SET (NULL | DEFAULT))
    ;

tableConstraint
    : PRIMARY KEY LEFT_PAREN nameList RIGHT_PAREN constraintTiming*                    # primaryKey
    | UNIQUE (NULLS NOT? DISTINCT)? LEFT_PAREN nameList RIGHT_PAREN constraintTiming*  # unique
    | CHECK LEFT_PAREN balanced* RIGHT_PAREN (NO IDENTIFIER)?                          # check
    | FOREIGN KEY LEFT_PAREN nameList RIGHT_PAREN
      REFERENCES qualifiedName (LEFT_PAREN nameList RIGHT_PAREN)? referenceOption* constraintTiming* # foreignKey
    | EXCLUDE balanced+                                                                # exclude
    ;

dropTable
    : DROP TABLE (IF EXISTS)? qualifiedName (COMMA qualifiedName)* dropBehavior?
    ;

dropBehavior
    : CASCADE
    | RESTRICT
    ;

createIndex
    : CREATE UNIQUE? INDEX CONCURRENTLY? ((IF NOT EXISTS)? name)? ON ONLY? qualifiedName
      (USING before=name)?
      LEFT_PAREN indexColumn (COMMA indexColumn)* RIGHT_PAREN
      (USING after=name)?
      indexOption*
    ;

indexColumn
    : (name | functionName LEFT_PAREN balanced* RIGHT_PAREN | LEFT_PAREN balanced* RIGHT_PAREN)
      (COLLATE label)? operatorClass? (ASC | DESC)? (NULLS (FIRST | LAST))?
    ;

operatorClass
    : IDENTIFIER
    ;

indexOption
    : INCLUDE LEFT_PAREN nameList RIGHT_PAREN
    | NULLS NOT? DISTINCT
    | WITH LEFT_PAREN balanced* RIGHT_PAREN
    | TABLESPACE name
    | WHERE expression
    ;

dropIndex
    : DROP INDEX CONCURRENTLY? (IF EXISTS)? qualifiedName
      (ON table=qualifiedName | (COMMA qualifiedName)*) dropBehavior?
    ;
