// SPDX-License-Identifier: MIT
// BEGIN, COMMIT, ROLLBACK, savepoints.
parser grammar Transactions;

begin
    : BEGIN (WORK | TRANSACTION)? transactionModes?
    | START TRANSACTION transactionModes?
    ;

transactionModes
    : transactionMode (COMMA? transactionMode)*
    ;

transactionMode
    : ISOLATION LEVEL isolationLevel
    | READ (ONLY | WRITE)
    | NOT? DEFERRABLE
    ;

isolationLevel
    : SERIALIZABLE
    | REPEATABLE READ
    | READ (COMMITTED | UNCOMMITTED)
    ;

commit
    : (COMMIT | END) (WORK | TRANSACTION)? chain?
    ;

chain
    : AND NO? CHAIN
    ;

rollback
    : (ROLLBACK | ABORT) (WORK | TRANSACTION)? (TO SAVEPOINT? name | chain)?
    ;

savepoint
    : SAVEPOINT name
    ;

// The mode is some words and MODE.
lockTable
    : LOCK TABLE? lockedTable (COMMA lockedTable)* (IN name+)? NOWAIT?
    ;

lockedTable
    : ONLY? qualifiedName STAR?
    ;

releaseSavepoint
    : RELEASE SAVEPOINT? name
    ;
