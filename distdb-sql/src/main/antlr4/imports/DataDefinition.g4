// SPDX-License-Identifier: MIT
// CREATE, ALTER and DROP; TRUNCATE, COMMENT ON, SET CONSTRAINTS.
parser grammar DataDefinition;

// Words of this family, none of them reserved: names elsewhere.
definitionKeyword
    : ACTION | ADD | ALTER | CACHE | COMMENT | CONSTRAINTS | CONTINUE | CYCLE | DATA | DATABASE | DEFERRED
    | EXCLUDING | IDENTITY | IMMEDIATE | INCLUDING | INCREMENT | INHERIT | MATCH | MAXVALUE
    | MINVALUE | OPTION | OWNED | OWNER | RENAME | REPLACE | RESTART | SCHEMA | SEQUENCE | TRUNCATE
    | TYPE | VALID | VALIDATE | VIEW
    ;

definition
    : createTable
    | createIndex
    | createSequence
    | createSchema
    | createView
    | alterTable
    | alterIndex
    | alterSequence
    | alterView
    | alterSchema
    | dropObjects
    | truncate
    | commentOn
    ;

// --- CREATE TABLE ---

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
    : AS query (WITH NO? DATA)?
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
    | (CONSTRAINT name)? tableConstraint constraintTiming*
    | LIKE qualifiedName likeOption*
    ;

likeOption
    : (INCLUDING | EXCLUDING) (ALL | name)
    ;

columnDefinition
    : name typeName (COLLATE collation)? columnConstraint*
    ;

columnConstraint
    : (CONSTRAINT name)?
      ( NOT NULL
      | NULL
      | PRIMARY KEY
      | UNIQUE (NULLS NOT? DISTINCT)?
      | DEFAULT arithmetic
      | CHECK LEFT_PAREN expression RIGHT_PAREN (NO INHERIT)?
      | REFERENCES referenceTarget
      | GENERATED generated
      )
    | constraintTiming
    ;

generated
    : (ALWAYS | BY DEFAULT) AS
      ( IDENTITY (LEFT_PAREN sequenceOption+ RIGHT_PAREN)?
      | LEFT_PAREN balanced* RIGHT_PAREN IDENTIFIER
      )
    ;

constraintTiming
    : NOT? DEFERRABLE
    | INITIALLY (DEFERRED | IMMEDIATE)
    | NOT VALID
    ;

referenceTarget
    : qualifiedName (LEFT_PAREN nameList RIGHT_PAREN)? referenceOption*
    ;

referenceOption
    : MATCH (FULL | name)
    | ON (DELETE | UPDATE) referenceAction
    ;

referenceAction
    : NO ACTION
    | RESTRICT
    | CASCADE
    | SET (NULL | DEFAULT) (LEFT_PAREN nameList RIGHT_PAREN)?
    ;

tableConstraint
    : PRIMARY KEY (LEFT_PAREN nameList RIGHT_PAREN | USING INDEX name)                    # primaryKey
    | UNIQUE (NULLS NOT? DISTINCT)? (LEFT_PAREN nameList RIGHT_PAREN | USING INDEX name)  # unique
    | CHECK LEFT_PAREN expression RIGHT_PAREN (NO INHERIT)?                               # check
    | FOREIGN KEY LEFT_PAREN nameList RIGHT_PAREN REFERENCES referenceTarget              # foreignKey
    | EXCLUDE balanced+                                                                   # exclude
    ;

// --- indexes ---

createIndex
    : CREATE UNIQUE? INDEX CONCURRENTLY? ((IF NOT EXISTS)? name)? ON ONLY? qualifiedName
      (USING before=name)?
      LEFT_PAREN indexColumn (COMMA indexColumn)* RIGHT_PAREN
      (USING after=name)?
      indexOption*
    ;

indexColumn
    : (name | functionName LEFT_PAREN balanced* RIGHT_PAREN | LEFT_PAREN balanced* RIGHT_PAREN)
      (COLLATE collation)? operatorClass? (ASC | DESC)? (NULLS (FIRST | LAST))?
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

// --- sequences, schemas, views ---

createSequence
    : CREATE tablePersistence? SEQUENCE (IF NOT EXISTS)? qualifiedName sequenceOption*
    ;

sequenceOption
    : AS typeName
    | INCREMENT BY? signedNumber
    | (MINVALUE | MAXVALUE) signedNumber
    | NO (MINVALUE | MAXVALUE | CYCLE)
    | START WITH? signedNumber
    | RESTART (WITH? signedNumber)?
    | CACHE signedNumber
    | CYCLE
    | OWNED BY qualifiedName
    | SEQUENCE IDENTIFIER qualifiedName
    ;

signedNumber
    : (PLUS | MINUS)? INTEGER_NUMBER
    ;

createSchema
    : CREATE SCHEMA (IF NOT EXISTS)? name? (AUTHORIZATION holder=roleName)?
    ;

createView
    : CREATE (OR REPLACE)? tablePersistence? RECURSIVE? VIEW qualifiedName
      (LEFT_PAREN nameList RIGHT_PAREN)? (WITH LEFT_PAREN balanced* RIGHT_PAREN)?
      AS query (WITH IDENTIFIER? CHECK OPTION)?
    ;

// --- ALTER ---

alterTable
    : ALTER TABLE (IF EXISTS)? ONLY? qualifiedName STAR?
      (alterAction (COMMA alterAction)* | renaming | SET SCHEMA name)
    ;

renaming
    : RENAME TO to=name
    | RENAME CONSTRAINT from=name TO to=name
    | RENAME COLUMN? from=name TO to=name
    ;

alterAction
    : ADD COLUMN? (IF NOT EXISTS)? columnDefinition                             # addColumn
    | ADD (CONSTRAINT name)? tableConstraint constraintTiming*                  # addConstraint
    | DROP COLUMN? (IF EXISTS)? name dropBehavior?                              # dropColumn
    | DROP CONSTRAINT (IF EXISTS)? name dropBehavior?                           # dropConstraint
    | ALTER COLUMN? name (SET DATA)? TYPE typeName (COLLATE collation)? (USING expression)? # alterType
    | ALTER COLUMN? name SET DEFAULT expression                                 # setDefault
    | ALTER COLUMN? name DROP DEFAULT                                           # dropDefault
    | ALTER COLUMN? name (SET | DROP) NOT NULL                                  # alterNotNull
    | ALTER COLUMN? name ADD GENERATED generated                                # addIdentity
    | ALTER COLUMN? name identityChange+                                        # alterIdentity
    | ALTER COLUMN? name DROP IDENTITY (IF EXISTS)?                             # dropIdentity
    | VALIDATE CONSTRAINT name                                                  # validateConstraint
    | OWNER TO roleName                                                            # ownerTo
    ;

identityChange
    : SET GENERATED (ALWAYS | BY DEFAULT)
    | SET sequenceOption
    | RESTART (WITH? signedNumber)?
    ;

alterIndex
    : ALTER INDEX (IF EXISTS)? qualifiedName RENAME TO name
    ;

alterSequence
    : ALTER SEQUENCE (IF EXISTS)? qualifiedName
      (sequenceOption+ | RENAME TO name | SET SCHEMA schema=name | OWNER TO roleName)
    ;

alterView
    : ALTER VIEW (IF EXISTS)? qualifiedName (renaming | SET SCHEMA schema=name | OWNER TO roleName)
    ;

alterSchema
    : ALTER SCHEMA name (RENAME TO to=name | OWNER TO roleName)
    ;

// --- DROP and the rest ---

dropObjects
    : DROP objectKind CONCURRENTLY? (IF EXISTS)? qualifiedName
      (ON table=qualifiedName | (COMMA qualifiedName)*) dropBehavior?
    ;

objectKind
    : TABLE | INDEX | SEQUENCE | VIEW | SCHEMA
    ;

dropBehavior
    : CASCADE
    | RESTRICT
    ;

truncate
    : TRUNCATE TABLE? ONLY? qualifiedName STAR? (COMMA ONLY? qualifiedName STAR?)*
      ((RESTART | CONTINUE) IDENTITY)? dropBehavior?
    ;

commentOn
    : COMMENT ON (objectKind | COLUMN) qualifiedName IS (STRING | NULL)
    | COMMENT ON CONSTRAINT name ON qualifiedName IS (STRING | NULL)
    ;

setConstraints
    : SET CONSTRAINTS (ALL | qualifiedName (COMMA qualifiedName)*) (DEFERRED | IMMEDIATE)
    ;
