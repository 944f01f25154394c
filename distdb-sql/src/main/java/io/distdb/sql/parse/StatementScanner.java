// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import static io.distdb.sql.parse.LexicalRules.UNTERMINATED;

import io.distdb.sql.ast.LiteralKind;

/**
 * Computes the {@link Fingerprint} of a statement for the plan cache, with literals lifted to
 * parameters, in one pass and without allocation once its buffers have grown.
 *
 * <p>The idea: statements that differ in literals alone share a plan. A literal is lifted only
 * where the analyzer treats a parameter of its {@link LiteralKind} exactly as it treats the
 * literal, and where the parser is certain to see a literal at that place: after an operator, a
 * parenthesis, a comma, or a keyword that an expression follows. Everything else stays in the key
 * as it is written, which costs a cache entry, never a wrong plan. In particular these stay:
 *
 * <ul>
 *   <li>all literals of a statement that has parameters of its own, or that is not SELECT, INSERT,
 *       UPDATE, DELETE or VALUES, or that has a SELECT, ORDER BY or GROUP BY within parentheses;
 *   <li>with GROUP BY, DISTINCT or a set operation, all but those of WHERE and LIMIT: expressions
 *       are matched by equality there, and a lifted literal equals nothing;
 *   <li>those in ORDER BY (ordinals), within an aggregate (equal calls are found by their
 *       arguments), after LIKE (a prefix may become a range), in type modifiers, after a type name
 *       ({@code date '…'}).
 * </ul>
 *
 * A minus sign before a number belongs to it, unless a cast follows ({@code -1::t} is {@code
 * -(1::t)}). The lexical structure is {@link LexicalRules}', shared with the parser; the parser
 * checks that it met every lifted literal ({@code SqlParser}).
 *
 * <p>Belongs to one session: not thread-safe. What the accessors say holds until the next scan.
 */
public final class StatementScanner {
  /** Longer statements have no fingerprint: they are loads or generated, and seldom repeat. */
  public static final int LENGTH_MAX = 32_768;

  /** Statements with more literals have no fingerprint. */
  public static final int LITERALS_MAX = 4_096;

  /** What the token before lets a literal be. */
  private enum Previous {
    /** An expression starts here: a literal may be lifted, a sign is a sign. */
    EXPRESSION_START,
    OPERAND,
    STRING,
    WORD,
    POINT
  }

  private enum Mode {
    LIFT_ALL,
    LIFT_WHERE,
    LIFT_NONE
  }

  private static final int AGAIN_WHERE = -2;
  private static final int AGAIN_NONE = -3;
  private static final int REFUSED = -4;

  private final Fingerprint fingerprint = new Fingerprint();
  private final LiftedLiterals literals = new LiftedLiterals();
  private char[] text = new char[256];
  private char[] key;
  private int length;
  private int out;
  private boolean gap;
  private Mode mode;
  private boolean lifting;
  private boolean parameters;
  private Previous previous;
  private byte lastRole;
  private int words;
  private int depth;

  /** The depth inside an aggregate's parentheses, or 0 outside of one. */
  private int aggregateDepth;

  /** The last keyword was a NOT that had an operand before it. */
  private boolean afterNegatedOperand;

  private boolean typeName;
  private boolean typeExpected;

  /**
   * Scans one statement, with or without a semicolon at its end.
   *
   * @return whether it has a fingerprint; without one it is to be parsed each time. Text that the
   *     parser will refuse may have one.
   */
  public boolean scan(String sql) {
    length = sql.length();
    if (length > LENGTH_MAX) {
      forget(sql);
      return false;
    }
    if (text.length < length) {
      text = new char[Math.max(length, text.length * 2)];
    }
    sql.getChars(0, length, text, 0);
    key = fingerprint.buffer(length);
    int outcome = run(sql, Mode.LIFT_ALL);
    if (outcome == AGAIN_WHERE) {
      outcome = run(sql, Mode.LIFT_WHERE);
    }
    if (outcome == AGAIN_NONE) {
      outcome = run(sql, Mode.LIFT_NONE);
    }
    if (outcome < 0) {
      forget(sql);
      return false;
    }
    fingerprint.seal(out);
    return true;
  }

  /** What an earlier scan lifted must not be taken for literals of {@code sql}. */
  private void forget(String sql) {
    literals.reset(sql);
    parameters = false;
  }

  /** The live key of the last scan that returned true; {@link Fingerprint#copy} it to keep it. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** The literals lifted by the last scan; parameter ordinals are their positions. */
  public LiftedLiterals literals() {
    return literals;
  }

  /** Whether the statement has parameters of its own; then nothing was lifted. */
  public boolean hasParameters() {
    return parameters;
  }

  private int run(String sql, Mode newMode) {
    mode = newMode;
    lifting = newMode == Mode.LIFT_ALL;
    out = 0;
    gap = false;
    parameters = false;
    previous = Previous.EXPRESSION_START;
    lastRole = ScannerWords.PLAIN;
    words = 0;
    depth = 0;
    aggregateDepth = 0;
    afterNegatedOperand = false;
    typeName = false;
    typeExpected = false;
    literals.reset(sql);
    int at = 0;
    while (at >= 0 && at < length) {
      at = token(at);
    }
    return at;
  }

  private int token(int at) {
    char c = text[at];
    if (LexicalRules.isWordStart(c)) {
      return word(at);
    }
    if (LexicalRules.isSpace(c)) {
      gap = true;
      return at + 1;
    }
    if (LexicalRules.isDigit(c)) {
      return number(at, at);
    }
    return symbol(c, at);
  }

  private int symbol(char c, int at) {
    return switch (c) {
      case '\'' -> string(at);
      case '"' -> quoted(at);
      case ',' -> punctuation(c, at, Previous.EXPRESSION_START);
      case '[' -> openBracket(at);
      case '(' -> open(at);
      case ')' -> close(at);
      case ']' -> punctuation(c, at, Previous.OPERAND);
      case '.' ->
          LexicalRules.startsNumber(text, length, at)
              ? number(at, at)
              : punctuation(c, at, Previous.POINT);
      case ';' -> end(at);
      case '?' -> parameter(at, at + 1);
      case '$' -> dollar(at);
      case ':' -> colon(at);
      default -> LexicalRules.isOperator(c) ? operator(at) : REFUSED;
    };
  }

  private void emitGap() {
    if (gap && out > 0) {
      key[out++] = ' ';
    }
    gap = false;
  }

  private int copy(int start, int end, Previous now) {
    emitGap();
    System.arraycopy(text, start, key, out, end - start);
    out += end - start;
    previous = now;
    typeName = false;
    typeExpected = false;
    lastRole = ScannerWords.PLAIN;
    return end;
  }

  private int punctuation(char c, int at, Previous now) {
    emitGap();
    key[out++] = c;
    previous = now;
    typeName = false;
    typeExpected = false;
    lastRole = ScannerWords.PLAIN;
    return at + 1;
  }

  private int word(int start) {
    emitGap();
    long packed = 0;
    int at = start;
    while (at < length && LexicalRules.isWordPart(text[at])) {
      char c = text[at++];
      if (c >= 'A' && c <= 'Z') {
        c += 'a' - 'A';
      }
      key[out++] = c;
      packed = packed << 8 | c;
    }
    words++;
    if (at < length && text[at] == '\'' && at == start + 1) {
      return prefixedString(start, at);
    }
    return keyword(ScannerWords.roleOf(packed), at);
  }

  /** {@code E'…'}, {@code B'…'} and their like stay as they are. */
  private int prefixedString(int start, int quote) {
    boolean escapes = text[start] == 'e' || text[start] == 'E';
    int end =
        escapes
            ? LexicalRules.endOfEscapeQuoted(text, length, quote)
            : LexicalRules.endOfQuoted(text, length, quote);
    return end == UNTERMINATED || end > length ? REFUSED : copy(quote, end, Previous.STRING);
  }

  private int keyword(byte role, int end) {
    boolean first = words == 1;
    if (first && mode != Mode.LIFT_NONE && !startsLiftable(role)) {
      return AGAIN_NONE;
    }
    if (isName(role)) {
      typeName |= typeExpected;
      typeExpected = false;
      previous = Previous.WORD;
      lastRole = role == ScannerWords.AGGREGATE ? role : ScannerWords.PLAIN;
      return end;
    }
    int refusal = first ? 0 : clause(role);
    if (refusal < 0) {
      return refusal;
    }
    afterNegatedOperand = role == ScannerWords.NOT && previous != Previous.EXPRESSION_START;
    typeName = false;
    typeExpected = role == ScannerWords.AS;
    previous =
        role == ScannerWords.AS || role == ScannerWords.IS || role == ScannerWords.VALUES
            ? Previous.WORD
            : Previous.EXPRESSION_START;
    lastRole = role;
    return end;
  }

  /** After a point or AS every word is a name; BETWEEN is one where an expression starts. */
  private boolean isName(byte role) {
    return switch (role) {
      case ScannerWords.PLAIN, ScannerWords.AGGREGATE -> true;
      case ScannerWords.CHANGE -> words > 1;
      case ScannerWords.BETWEEN ->
          previous == Previous.EXPRESSION_START
              && !(lastRole == ScannerWords.NOT && afterNegatedOperand);
      default -> previous == Previous.POINT || lastRole == ScannerWords.AS;
    };
  }

  private static boolean startsLiftable(byte role) {
    return role == ScannerWords.SELECT
        || role == ScannerWords.CHANGE
        || role == ScannerWords.VALUES;
  }

  /** Enters a clause: what may be lifted there. Negative: scan again, more carefully. */
  private int clause(byte role) {
    if (mode == Mode.LIFT_NONE) {
      return 0;
    }
    switch (role) {
      case ScannerWords.SELECT -> {
        return depth > 0 ? AGAIN_NONE : 0;
      }
      case ScannerWords.ORDER -> {
        lifting = false;
        return depth > 0 ? AGAIN_NONE : 0;
      }
      case ScannerWords.GROUP, ScannerWords.SET_OPERATION -> {
        lifting = false;
        return depth > 0 ? AGAIN_NONE : mode == Mode.LIFT_ALL ? AGAIN_WHERE : 0;
      }
      case ScannerWords.DISTINCT -> {
        return lastRole == ScannerWords.SELECT && mode == Mode.LIFT_ALL ? AGAIN_WHERE : 0;
      }
      case ScannerWords.WHERE, ScannerWords.LIMIT -> lifting = true;
      default -> {
        return 0;
      }
    }
    return 0;
  }

  private int open(int at) {
    if (typeName && mode != Mode.LIFT_NONE) {
      return AGAIN_NONE;
    }
    depth++;
    if (lastRole == ScannerWords.AGGREGATE && aggregateDepth == 0) {
      aggregateDepth = depth;
    }
    return punctuation('(', at, Previous.EXPRESSION_START);
  }

  /** The length in {@code int[3]} belongs to the type's name. */
  private int openBracket(int at) {
    int next = skipSpaces(at + 1);
    if (typeName && mode != Mode.LIFT_NONE && next < length && text[next] != ']') {
      return AGAIN_NONE;
    }
    return punctuation('[', at, Previous.EXPRESSION_START);
  }

  private int close(int at) {
    if (depth == aggregateDepth) {
      aggregateDepth = 0;
    }
    depth--;
    return punctuation(')', at, Previous.OPERAND);
  }

  private int quoted(int at) {
    int end = LexicalRules.endOfQuoted(text, length, at);
    return end == UNTERMINATED ? REFUSED : copy(at, end, Previous.WORD);
  }

  private int string(int at) {
    int end = LexicalRules.endOfQuoted(text, length, at);
    if (end == UNTERMINATED || previous == Previous.STRING) {
      return REFUSED;
    }
    if (!mayLift()) {
      return copy(at, end, Previous.STRING);
    }
    if (!literals.addString(at, end)) {
      return REFUSED;
    }
    lifted(LiteralKind.STRING);
    previous = Previous.STRING;
    return end;
  }

  /**
   * @param start where the literal starts, sign included
   * @param digits where its digits start
   */
  private int number(int start, int digits) {
    int end = LexicalRules.endOfNumber(text, length, digits);
    if (end < length && LexicalRules.isWordPart(text[end])) {
      return REFUSED;
    }
    if (!mayLift()) {
      return copy(start, end, Previous.OPERAND);
    }
    if (start != digits && castFollows(end)) {
      copy(start, start + 1, Previous.EXPRESSION_START);
      return number(digits, digits);
    }
    LiteralKind kind = literals.addNumber(text, length, start, digits, end);
    if (kind == null) {
      return REFUSED;
    }
    lifted(kind);
    previous = Previous.OPERAND;
    return end;
  }

  private void lifted(LiteralKind kind) {
    emitGap();
    key[out++] = (char) (1 + kind.ordinal());
    typeName = false;
    typeExpected = false;
    lastRole = ScannerWords.PLAIN;
  }

  private boolean mayLift() {
    return lifting && aggregateDepth == 0 && previous == Previous.EXPRESSION_START;
  }

  private boolean castFollows(int end) {
    int at = skipSpaces(end);
    return at + 1 < length && text[at] == ':' && text[at + 1] == ':';
  }

  private int skipSpaces(int start) {
    int at = start;
    while (at < length && LexicalRules.isSpace(text[at])) {
      at++;
    }
    return at;
  }

  private int operator(int at) {
    if (LexicalRules.startsLineComment(text, length, at)) {
      gap = true;
      return LexicalRules.endOfLineComment(text, length, at);
    }
    if (LexicalRules.startsBlockComment(text, length, at)) {
      gap = true;
      int end = LexicalRules.endOfBlockComment(text, length, at);
      return end == UNTERMINATED ? REFUSED : end;
    }
    int end = LexicalRules.endOfOperator(text, length, at);
    if (mayLift() && end == at + 1 && text[at] == '-') {
      int digits = skipSpaces(end);
      if (digits < length && LexicalRules.startsNumber(text, length, digits)) {
        return number(at, digits);
      }
      if (digits < length && LexicalRules.isOperator(text[digits])) {
        // another sign is common and harmless; a comment between sign and digits is neither
        return text[digits] == '-' && !LexicalRules.startsLineComment(text, length, digits)
                || text[digits] == '+'
            ? copy(at, end, Previous.EXPRESSION_START)
            : AGAIN_NONE;
      }
    }
    return copy(at, end, Previous.EXPRESSION_START);
  }

  private int colon(int at) {
    if (at + 1 >= length || text[at + 1] != ':') {
      return REFUSED;
    }
    copy(at, at + 2, Previous.WORD);
    typeExpected = true;
    return at + 2;
  }

  private int dollar(int at) {
    if (at + 1 < length && LexicalRules.isDigit(text[at + 1])) {
      return parameter(at, LexicalRules.endOfInteger(text, length, at + 1));
    }
    int end = LexicalRules.endOfDollarQuoted(text, length, at);
    return end < 0 ? REFUSED : copy(at, end, Previous.STRING);
  }

  private int parameter(int start, int end) {
    if (mode != Mode.LIFT_NONE) {
      return AGAIN_NONE;
    }
    parameters = true;
    return copy(start, end, Previous.OPERAND);
  }

  /** Only white space, comments and more semicolons may follow. */
  private int end(int start) {
    int at = start;
    while (at < length) {
      if (text[at] == ';' || LexicalRules.isSpace(text[at])) {
        at++;
      } else if (LexicalRules.startsLineComment(text, length, at)) {
        at = LexicalRules.endOfLineComment(text, length, at);
      } else if (LexicalRules.startsBlockComment(text, length, at)) {
        at = LexicalRules.endOfBlockComment(text, length, at);
        if (at == UNTERMINATED) {
          return REFUSED;
        }
      } else {
        return REFUSED;
      }
    }
    return at;
  }
}
