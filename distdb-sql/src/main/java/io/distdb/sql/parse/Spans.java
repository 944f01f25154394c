// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.ast.SourceSpan;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Where parse tree nodes are in the text. */
final class Spans {
  private Spans() {}

  static SqlToken token(TerminalNode node) {
    return (SqlToken) node.getSymbol();
  }

  static SqlToken first(ParserRuleContext context) {
    return (SqlToken) context.getStart();
  }

  static SourceSpan of(Token token) {
    return ((SqlToken) token).span();
  }

  static SourceSpan of(TerminalNode node) {
    return token(node).span();
  }

  static SourceSpan of(ParserRuleContext context) {
    SourceSpan start = of(context.getStart());
    // the stop of an empty rule lies before its start
    SourceSpan stop = context.getStop() == null ? start : of(context.getStop());
    return stop.end() < start.start() ? start : start.to(stop);
  }

  static DistDbException unsupported(String feature, ParserRuleContext context) {
    return Unsupported.feature(feature, of(context));
  }

  static DistDbException unsupported(String feature, TerminalNode node) {
    return Unsupported.feature(feature, of(node));
  }

  static DistDbException syntaxError(ParserRuleContext context) {
    return SyntaxErrors.at(first(context));
  }
}
