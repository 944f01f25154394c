// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

/** One statement; a sealed family each for queries, changes, schema, transactions, and the rest. */
public sealed interface Statement
    permits Statement.QueryStatement,
        DataStatement,
        CopyStatement,
        SchemaStatement,
        DatabaseStatement,
        RoleStatement,
        TransactionStatement,
        SessionStatement,
        UtilityStatement {
  SourceSpan span();

  record QueryStatement(SourceSpan span, Query query) implements Statement {}
}
