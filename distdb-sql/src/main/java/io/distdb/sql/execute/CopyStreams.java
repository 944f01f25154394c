// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What COPY … FROM STDIN reads and COPY … TO STDOUT writes; belongs to one statement at a time. The
 * caller closes its streams; files are closed by the statement.
 */
public final class CopyStreams {
  /** For a statement that has none. */
  public static final CopyStreams NONE = new CopyStreams(null, null, null);

  private final InputStream input;
  private final OutputStream output;
  private final CopyClient client;
  private boolean used;

  private CopyStreams(InputStream input, OutputStream output, CopyClient client) {
    this.input = input;
    this.output = output;
    this.client = client;
  }

  public static CopyStreams of(InputStream input) {
    return new CopyStreams(input, null, null);
  }

  public static CopyStreams of(OutputStream output) {
    return new CopyStreams(null, output, null);
  }

  /** For any statement of a session. */
  public static CopyStreams of(CopyClient client) {
    return new CopyStreams(null, null, client);
  }

  /** A statement begins. */
  public void renew() {
    if (used) {
      used = false;
    }
  }

  /** Whether a stream was begun, so that the statement cannot be repeated. */
  public boolean isUsed() {
    return used;
  }

  /** What to read; closed when all was read, or in any case when it is a file. */
  InputStream input(Optional<String> file, CopyShape shape) {
    if (file.isPresent()) {
      return open(file.get(), "reading", Files::newInputStream);
    }
    if (input == null && client == null) {
      throw missing("COPY FROM STDIN", "copyIn");
    }
    used = true;
    return client == null ? new Lent(input) : client.input(shape);
  }

  CopyTarget output(Optional<String> file, CopyShape shape) {
    if (file.isPresent()) {
      return new CopyStreamTarget(open(file.get(), "writing", Files::newOutputStream), true);
    }
    if (output == null && client == null) {
      throw missing("COPY TO STDOUT", "copyOut");
    }
    used = true;
    return client == null ? new CopyStreamTarget(output, false) : client.output(shape);
  }

  /** A stream of the caller's, which is not ours to close. */
  private static final class Lent extends FilterInputStream {
    Lent(InputStream stream) {
      super(stream);
    }

    @Override
    public void close() {
      // the caller will
    }
  }

  private static DistDbException missing(String statement, String method) {
    return new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            statement + " was run without a stream for its data")
        .withHint("Use " + method + ", or \\copy in the shell.");
  }

  private interface Opening<T> {
    T open(Path path) throws IOException;
  }

  private static <T> T open(String file, String purpose, Opening<T> opening) {
    String problem = "could not open file \"" + file + "\" for " + purpose + ": ";
    try {
      return opening.open(Path.of(file));
    } catch (NoSuchFileException | InvalidPathException missing) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE, problem + "No such file or directory", missing);
    } catch (AccessDeniedException denied) {
      throw new DistDbException(ErrorCode.IO_ERROR, problem + "Permission denied", denied);
    } catch (IOException failure) {
      throw new DistDbException(ErrorCode.IO_ERROR, problem + failure.getMessage(), failure);
    }
  }
}
