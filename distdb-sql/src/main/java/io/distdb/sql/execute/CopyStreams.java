// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
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
 * What COPY … FROM STDIN reads and COPY … TO STDOUT writes; belongs to one statement. The caller
 * closes its streams; files are closed by the statement.
 */
public final class CopyStreams {
  /** For a statement that has none. */
  public static final CopyStreams NONE = new CopyStreams(null, null);

  private final InputStream input;
  private final OutputStream output;
  private boolean used;

  private CopyStreams(InputStream input, OutputStream output) {
    this.input = input;
    this.output = output;
  }

  public static CopyStreams of(InputStream input) {
    return new CopyStreams(input, null);
  }

  public static CopyStreams of(OutputStream output) {
    return new CopyStreams(null, output);
  }

  /** Whether a stream was begun, so that the statement cannot be repeated. */
  public boolean isUsed() {
    return used;
  }

  InputStream input(Optional<String> file) {
    if (file.isPresent()) {
      return open(file.get(), "reading", Files::newInputStream);
    }
    if (input == null) {
      throw missing("COPY FROM STDIN", "copyIn");
    }
    used = true;
    return input;
  }

  OutputStream output(Optional<String> file) {
    if (file.isPresent()) {
      return open(file.get(), "writing", Files::newOutputStream);
    }
    if (output == null) {
      throw missing("COPY TO STDOUT", "copyOut");
    }
    used = true;
    return output;
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
