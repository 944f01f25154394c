// SPDX-License-Identifier: MIT
// SET, SHOW, EXPLAIN, ANALYZE, CHECKPOINT, BACKUP; prepared statements.
parser grammar Utility;

setStatement
    : SET TRANSACTION transactionModes                                          # setTransaction
    | SET TRANSACTION SNAPSHOT STRING                                           # setSnapshot
    | SET SESSION CHARACTERISTICS AS TRANSACTION transactionModes               # setCharacteristics
    | SET (SESSION | LOCAL)? TIME ZONE (settingValue | LOCAL | DEFAULT)         # setTimeZone
    | SET (SESSION | LOCAL)? ROLE settingValue                                  # setRole
    | SET (SESSION | LOCAL)? SESSION AUTHORIZATION (settingValue | DEFAULT)     # setAuthorization
    | SET (SESSION | LOCAL)? NAMES (STRING | DEFAULT)?                          # setNames
    | SET (SESSION | LOCAL)? SCHEMA STRING                                      # setSchema
    | SET (SESSION | LOCAL)? settingName (TO | EQUAL) (DEFAULT | settingValue (COMMA settingValue)*) # setSetting
    ;

settingName
    : name (DOT name)*
    ;

settingValue
    : STRING
    | (PLUS | MINUS)? (INTEGER_NUMBER | DECIMAL_NUMBER)
    | TRUE
    | FALSE
    | ON
    | name
    ;

resetStatement
    : RESET (ALL | SESSION AUTHORIZATION | settingName)
    ;

showStatement
    : SHOW (ALL | SESSION AUTHORIZATION | TRANSACTION ISOLATION LEVEL | TIME ZONE | settingName)
    ;

explain
    : EXPLAIN (LEFT_PAREN explainOption (COMMA explainOption)* RIGHT_PAREN | ANALYZE? VERBOSE?) plainStatement
    ;

explainOption
    : (ANALYZE | VERBOSE | name) explainValue?
    ;

explainValue
    : TRUE | FALSE | ON | name | INTEGER_NUMBER | STRING
    ;

analyze
    : (ANALYZE VERBOSE? | vacuum) (analyzeTarget (COMMA analyzeTarget)*)?
    | (ANALYZE | VACUUM) LEFT_PAREN analyzeOption (COMMA analyzeOption)* RIGHT_PAREN
      (analyzeTarget (COMMA analyzeTarget)*)?
    ;

// The reserved word is FREEZE.
vacuum
    : VACUUM FULL? RESERVED_WORD? VERBOSE? ANALYZE?
    ;

analyzeOption
    : (VERBOSE | ANALYZE | RESERVED_WORD | name | FULL) explainValue?
    ;

analyzeTarget
    : qualifiedName (LEFT_PAREN nameList RIGHT_PAREN)?
    ;

prepare
    : PREPARE name (LEFT_PAREN typeName (COMMA typeName)* RIGHT_PAREN)? AS preparable
    ;

preparable
    : query
    | insert
    | update
    | delete
    ;

execute
    : EXECUTE name (LEFT_PAREN expressionList RIGHT_PAREN)?
    ;

deallocate
    : DEALLOCATE (PREPARE name | PREPARE ALL | ALL | name)
    ;

discard
    : DISCARD (ALL | TEMP | TEMPORARY | name)
    ;

checkpoint
    : CHECKPOINT
    ;

backup
    : BACKUP TO STRING (INCREMENTAL FROM STRING)?
      (WITH LEFT_PAREN backupOption (COMMA backupOption)* RIGHT_PAREN)?
    ;

backupOption
    : label EQUAL? (label | STRING)
    ;
