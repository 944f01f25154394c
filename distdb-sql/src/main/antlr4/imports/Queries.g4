// SPDX-License-Identifier: MIT
// SELECT, VALUES and what surrounds them.
parser grammar Queries;

query
    : withClause? queryTerm orderByClause? queryTail*
    ;

// At most one LIMIT (or FETCH) and one OFFSET; the builder counts.
queryTail
    : LIMIT (ALL | expression) (COMMA expression)?                                    # limit
    | OFFSET expression (ROW | ROWS)?                                                 # offset
    | FETCH (FIRST | NEXT) fetchCount? (ROW | ROWS) (ONLY | WITH TIES)                # fetch
    | FOR (UPDATE | SHARE | NO KEY UPDATE | KEY SHARE) (OF nameList)? (NOWAIT | SKIP_WORD LOCKED)? # locking
    ;

fetchCount
    : constant
    | LEFT_PAREN expression RIGHT_PAREN
    | (PLUS | MINUS) constant
    ;

withClause
    : WITH RECURSIVE? commonTable (COMMA commonTable)*
    ;

commonTable
    : name (LEFT_PAREN nameList RIGHT_PAREN)? AS (NOT? MATERIALIZED)?
      ( OPEN_QUERY (query | change)
      | LEFT_PAREN change
      | LEFT_PAREN balanced*
      ) RIGHT_PAREN commonTableExtra?
    ;

change
    : insert
    | update
    | delete
    ;

// SEARCH and CYCLE
commonTableExtra
    : IDENTIFIER IDENTIFIER FIRST BY nameList SET name
    | CYCLE nameList SET name (TO expression DEFAULT expression)? USING name
    ;

queryTerm
    : queryPrimary                                                # singleTerm
    | queryTerm INTERSECT (ALL | DISTINCT)? queryTerm             # intersect
    | queryTerm (UNION | EXCEPT) (ALL | DISTINCT)? queryTerm      # union
    ;

queryPrimary
    : select                                                      # selectTerm
    | VALUES valuesRow (COMMA valuesRow)*                         # valuesTerm
    | TABLE qualifiedName                                         # tableTerm
    | OPEN_QUERY query RIGHT_PAREN                                # parenthesizedQuery
    ;

select
    : SELECT (ALL | distinct)? selectItems? (INTO (TEMP | TEMPORARY | UNLOGGED)? TABLE? qualifiedName)?
      (FROM fromItem (COMMA fromItem)*)?
      (WHERE where=expression)?
      groupByClause?
      (HAVING having=expression)?
      (WINDOW namedWindow (COMMA namedWindow)*)?
    ;

namedWindow
    : name AS LEFT_PAREN windowSpecification RIGHT_PAREN
    ;

windowSpecification
    : name? (PARTITION BY expressionList)? orderByClause? frameClause?
    ;

frameClause
    : (RANGE | ROWS | GROUPS) (frameBound | BETWEEN frameBound AND frameBound) frameExclusion?
    ;

frameBound
    : UNBOUNDED (PRECEDING | FOLLOWING)
    | CURRENT ROW
    | arithmetic (PRECEDING | FOLLOWING)
    ;

frameExclusion
    : EXCLUDE (CURRENT ROW | GROUP | TIES | NO OTHERS)
    ;

distinct
    : DISTINCT (ON LEFT_PAREN expressionList RIGHT_PAREN)?
    ;

selectItems
    : selectItem (COMMA selectItem)*
    ;

selectItem
    : STAR                                                        # star
    | name DOT (name DOT)? STAR                                   # tableStar
    | LEFT_PAREN expression RIGHT_PAREN DOT STAR                  # fieldsStar
    | expression (AS label | bareLabel)?                          # item
    ;

// An alias without AS.
bareLabel
    : IDENTIFIER
    | definitionKeyword
    | sessionKeyword
    | KEY | LEVEL | FIRST | LAST | NEXT | INDEX | READ | WRITE | START | WORK | SHARE | SHOW | IF
    | NO | NOTHING | OPERATOR_WORD | COPY | CONFLICT | CHAIN | LOCKED | SKIP_WORD | SESSION | TRANSACTION | ZONE | TIES | ROLLUP
    | CUBE | SETS | ABORT | BEGIN | COMMIT | ROLLBACK | SAVEPOINT | RELEASE | RESET | UPDATE
    | DELETE | INSERT | EXPLAIN | DROP | TEMP | TEMPORARY | CASCADE | RESTRICT | ROWS | ROW | VALUES
    | CURRENT | FOLLOWING | GROUPS | ORDINALITY | OTHERS | PRECEDING | RANGE | UNBOUNDED
    | UNKNOWN | COALESCE | EXISTS | GREATEST | LEAST | NULLIF | GROUPING | POSITION
    ;

groupByClause
    : GROUP BY (ALL | DISTINCT)? groupItem (COMMA groupItem)*
    ;

groupItem
    : (ROLLUP | CUBE) LEFT_PAREN expressionList RIGHT_PAREN
    | GROUPING SETS LEFT_PAREN groupItem (COMMA groupItem)* RIGHT_PAREN
    | expression
    | LEFT_PAREN RIGHT_PAREN
    ;

orderByClause
    : ORDER BY orderItem (COMMA orderItem)*
    ;

orderItem
    : expression (ASC | DESC | USING (LESS | GREATER | OPERATOR))? (NULLS (FIRST | LAST))?
    ;

// --- FROM ---

fromItem
    : fromPrimary joined*
    ;

joined
    : CROSS JOIN fromPrimary
    | NATURAL joinKind? JOIN fromPrimary
    | joinKind? JOIN fromItem joinCondition
    ;

joinKind
    : INNER
    | (LEFT | RIGHT | FULL) OUTER?
    ;

joinCondition
    : ON expression
    | USING LEFT_PAREN nameList RIGHT_PAREN (AS name)?
    ;

fromPrimary
    : ONLY? qualifiedName STAR? tableAlias? (TABLESAMPLE name LEFT_PAREN balanced* RIGHT_PAREN)? # tableItem
    | LATERAL? subquery tableAlias?                                        # subqueryItem
    | LATERAL? functionCall (WITH ORDINALITY)? tableAlias?                 # functionItem
    | LATERAL? ROWS FROM LEFT_PAREN functionCall (COMMA functionCall)* RIGHT_PAREN
      (WITH ORDINALITY)? tableAlias?                                       # rowsFromItem
    | LEFT_PAREN fromItem RIGHT_PAREN tableAlias?                          # parenthesizedItem
    ;

tableAlias
    : AS? name (LEFT_PAREN nameList RIGHT_PAREN)?
    ;

// ((SELECT 1)) is a row of one subquery, though its outer parenthesis looks like a query's.
valuesRow
    : LEFT_PAREN valueOrDefault (COMMA valueOrDefault)* RIGHT_PAREN
    | subquery
    ;

valueOrDefault
    : DEFAULT
    | expression
    ;
