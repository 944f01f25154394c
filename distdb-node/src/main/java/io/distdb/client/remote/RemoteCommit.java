// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.SqlCommand;

/**
 * The commits of a session, under names of the client's making when it has several hosts to ask: so
 * that it learns what became of one whose answer was lost. The name goes with COMMIT, in one
 * message, and says that the one before was answered. Who names his commits himself, or says how
 * long they wait, is left to it.
 */
final class RemoteCommit {
  private static final Set<String> CHANGES =
      Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "WITH", "COPY");

  /** Who uses them may have said how his commits are to be. */
  private static final Set<String> SETTINGS =
      Set.of("COMMIT_TOKEN", "SYNCHRONOUS_COMMIT", "SET_CONFIG");

  private final RemoteSession session;
  private final QueryExecutor executor;
  private final CommitQuestions questions;

  /** The block has changed something, perhaps. */
  private boolean changed;

  /** The session's user names commits, or does not want to wait for a quorum. */
  private boolean leftToUser;

  private UUID answered;

  /**
   * @param questions null: commits have no names
   */
  RemoteCommit(RemoteSession session, QueryExecutor executor, CommitQuestions questions) {
    this.session = session;
    this.executor = executor;
    this.questions = questions;
  }

  /** A statement goes to the server. */
  void sees(StatementText text) {
    leftToUser |= !Collections.disjoint(text.words(), SETTINGS);
    changed |= !text.isHarmless() && !text.endsBlock();
  }

  /** The block is over. */
  void blockEnded() {
    changed = false;
  }

  /**
   * Whether a statement outside of a block is to be run in one of its own: then all it answers is
   * here before it is committed.
   */
  boolean wantsBlock(StatementText text) {
    return isNaming() && CHANGES.contains(text.firstWord());
  }

  private boolean isNaming() {
    return questions != null && !leftToUser;
  }

  /**
   * Ends a block that has not failed.
   *
   * @throws DistDbException what the server says; {@code CONNECTION_FAILURE}: the connection is
   *     lost, and nothing was changed; {@code COMMIT_OUTCOME_UNKNOWN}
   */
  Answer run(StatementText commit) {
    if (!isNaming() || !changed) {
      return session.send(commit, session.newQuery(commit), null, 0, 0, RemoteSession.ONE_SHOT);
    }
    UUID token = questions.newToken();
    try {
      Answer answer =
          session.send(
              commit,
              executor.wrap(List.of(command(naming(token)), command(commit.sql()))),
              null,
              0,
              0,
              RemoteSession.ONE_SHOT);
      answered = token;
      return answer;
    } catch (DistDbException failure) {
      if (failure.code() != ErrorCode.COMMIT_OUTCOME_UNKNOWN) {
        throw failure;
      }
      return settled(token, failure);
    }
  }

  private String naming(UUID token) {
    return "SET LOCAL distdb.commit_token = '"
        + token
        + (answered == null ? "" : " after " + answered)
        + "'";
  }

  private static NativeQuery command(String sql) {
    return new NativeQuery(sql, new int[0], false, SqlCommand.BLANK);
  }

  private Answer settled(UUID token, DistDbException unknown) {
    return switch (questions.ask(token)) {
      case COMMITTED -> Answer.of("COMMIT");
      case ABORTED ->
          throw new DistDbException(
                  session.isLost() ? ErrorCode.CONNECTION_FAILURE : ErrorCode.SERIALIZATION_FAILURE,
                  "the transaction was not committed: its connection, or the node that leads, was"
                      + " lost before",
                  unknown)
              .withHint("run the transaction again");
      case UNKNOWN ->
          throw new DistDbException(
                  ErrorCode.COMMIT_OUTCOME_UNKNOWN,
                  "the connection was lost: the transaction may be committed or not, and no host"
                      + " that answers knows",
                  unknown)
              .withHint(
                  "SELECT distdb.commit_status('"
                      + token
                      + "') tells, on any node, once one answers");
    };
  }
}
