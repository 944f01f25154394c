// SPDX-License-Identifier: MIT
// Expressions. Alternatives are in PostgreSQL's order of precedence, tightest first (chapter
// 4.1.6). There are two tiers, predicates over arithmetic, because the bounds of BETWEEN must not
// swallow its AND.
parser grammar Expressions;

expression
    : arithmetic                                                                  # plain
    | expression NOT? BETWEEN (SYMMETRIC | ASYMMETRIC)? arithmetic AND arithmetic # between
    | expression NOT? IN inOperand                                                # in
    | expression NOT? (LIKE | ILIKE | SIMILAR TO) arithmetic (ESCAPE arithmetic)? # like
    | expression NOT? (LIKE | ILIKE) (ANY | SOME | ALL) (subquery | LEFT_PAREN expression RIGHT_PAREN) # quantifiedLike
    | expression OVERLAPS expression                                              # overlaps
    | expression comparison (ANY | SOME | ALL) (subquery | LEFT_PAREN expression RIGHT_PAREN) # quantified
    | expression comparison expression                                            # compare
    | expression IS NOT? isTest                                                   # is
    | expression (ISNULL | NOTNULL)                                               # nullTest
    | NOT expression                                                              # not
    | expression AND expression                                                   # and
    | expression OR expression                                                    # or
    ;

comparison
    : EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL
    ;

inOperand
    : LEFT_PAREN expressionList RIGHT_PAREN
    | subquery
    ;

isTest
    : NULL
    | TRUE
    | FALSE
    | UNKNOWN
    | DISTINCT FROM arithmetic
    | IDENTIFIER // DOCUMENT, NORMALIZED, JSON …
    ;

arithmetic
    : primary                                          # operand
    | arithmetic DOUBLE_COLON typeName                 # typecast
    | arithmetic LEFT_BRACKET bounds RIGHT_BRACKET     # subscript
    | (PLUS | MINUS) arithmetic                        # sign
    | arithmetic COLLATE collation                     # collate
    | arithmetic AT TIME ZONE arithmetic               # atTimeZone
    | arithmetic CARET arithmetic                      # power
    | arithmetic (STAR | SLASH | PERCENT) arithmetic   # multiplicative
    | arithmetic (PLUS | MINUS) arithmetic             # additive
    | namedOperator arithmetic                         # prefixOperator
    | arithmetic namedOperator (ANY | SOME | ALL) (subquery | LEFT_PAREN expression RIGHT_PAREN) # quantifiedOperator
    | arithmetic namedOperator arithmetic              # otherOperator
    ;

// Whatever it is, it binds as other operators do when it is written with its schema.
namedOperator
    : OPERATOR
    | OPERATOR_WORD LEFT_PAREN (name DOT)* operatorSymbol RIGHT_PAREN
    ;

operatorSymbol
    : OPERATOR | STAR | PLUS | MINUS | SLASH | PERCENT | CARET | comparison
    ;

collation
    : label (DOT label)*
    ;

primary
    : constant                                                                  # constantValue
    | columnReference                                                           # column
    | typedConstantName STRING (INTERVAL_FIELD (TO INTERVAL_FIELD)?)?           # typedConstant
    | functionCall                                                              # call
    | LEFT_PAREN expression (COMMA expression)* RIGHT_PAREN (DOT label)*        # parenthesized
    | CASE (operand=expression)? caseWhen+ (ELSE otherwise=expression)? END     # caseExpression
    | CAST LEFT_PAREN expression AS typeName RIGHT_PAREN                        # castCall
    | COALESCE LEFT_PAREN expressionList RIGHT_PAREN                            # coalesce
    | NULLIF LEFT_PAREN expression COMMA expression RIGHT_PAREN                 # nullIf
    | POSITION LEFT_PAREN arithmetic IN arithmetic RIGHT_PAREN                  # position
    | EXISTS subquery                                                           # exists
    | subquery (DOT label)*                                                     # scalarSubquery
    | ARRAY (arrayItems | subquery)                                             # arrayConstructor
    | ROW LEFT_PAREN expressionList? RIGHT_PAREN                                # rowConstructor
    | (GREATEST | LEAST | GROUPING) LEFT_PAREN expressionList RIGHT_PAREN       # specialCall
    | SESSION_VALUE (LEFT_PAREN balanced* RIGHT_PAREN)?                         # sessionValue
    ;

constant
    : NULL | TRUE | FALSE | INTEGER_NUMBER | DECIMAL_NUMBER | STRING | BIT_STRING
    | DOLLAR_PARAMETER | QUESTION_PARAMETER
    ;

// The second name is a column; a third is refused by name.
columnReference
    : name (DOT label)*
    ;

// a[1], a[1:2], a[:2], a[:]
bounds
    : expression
    | lower=expression? COLON upper=expression?
    ;

arrayItems
    : LEFT_BRACKET (arrayItem (COMMA arrayItem)*)? RIGHT_BRACKET
    ;

arrayItem
    : expression
    | arrayItems
    ;

caseWhen
    : WHEN expression THEN expression
    ;

functionCall
    : functionName LEFT_PAREN functionArguments? RIGHT_PAREN withinGroup? filterClause? overClause?
    ;

functionName
    : (name DOT)? (IDENTIFIER | unreservedKeyword | typeFunctionKeyword)
    ;

functionArguments
    : STAR                                                              # starArgument
    | (ALL | DISTINCT)? functionArgument (COMMA functionArgument)* orderByClause? keywordArgument* # listedArguments
    | (BOTH | LEADING | TRAILING) expression? keywordArgument+          # trimArguments
    | keywordArgument+                                                  # keywordArguments
    ;

// substring(x FROM 1 FOR 2), extract(year FROM x), overlay(x PLACING y FROM 2)
keywordArgument
    : (FROM | FOR | PLACING) expression
    ;

functionArgument
    : expression
    | name (ARROW | COLON_EQUALS) expression
    ;

withinGroup
    : WITHIN GROUP LEFT_PAREN orderByClause RIGHT_PAREN
    ;

filterClause
    : FILTER LEFT_PAREN WHERE expression RIGHT_PAREN
    ;

overClause
    : OVER (name | LEFT_PAREN windowSpecification RIGHT_PAREN)
    ;

expressionList
    : expression (COMMA expression)*
    ;

subquery
    : OPEN_QUERY query RIGHT_PAREN
    ;

typeName
    : typeWords typeModifiers? typeZone?
      (ARRAY | LEFT_BRACKET integerNumber? RIGHT_BRACKET)*
    ;

typeModifiers
    : LEFT_PAREN typeModifier (COMMA typeModifier)* RIGHT_PAREN
    ;

typeModifier
    : MINUS? integerNumber
    ;

typeWords
    : DOUBLE PRECISION
    | IDENTIFIER VARYING
    | (name DOT)? (IDENTIFIER | unreservedKeyword)
    ;

typeZone
    : (WITH | WITHOUT) TIME ZONE
    ;

// date '2026-01-01'
typedConstantName
    : DOUBLE PRECISION
    | (IDENTIFIER | TIME) typeZone?
    ;
