// SPDX-License-Identifier: MIT
package io.distdb.faults;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import io.distdb.node.config.Config;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that meets the fault: opens a directory, then does what its standard input says, a
 * command a line: {@code load <threads> <first id>}, {@code stop}, {@code checkpoint}, {@code
 * close}, or SQL. Answers begin with {@code =} or, for an error, {@code !}; writers report {@code +
 * id}, or {@code - id sqlstate message}.
 */
final class FaultyProcess {
  static final long IDS_PER_THREAD = 1L << 32;
  private static final long PAUSE_NANOS = 20_000_000;

  private static final FileOutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);

  private final Client client;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> writers = new ArrayList<>();

  private FaultyProcess(Client client) {
    this.client = client;
  }

  static Client open(Path directory, String storage) {
    return Client.open(
        Config.builder()
            .directory(directory)
            .storage(storage)
            .memoryBudgetBytes(storage.equals("rocksdb") ? 32L << 20 : 150L << 20)
            .journalSegmentBytes(4 << 20)
            .checkpointBytes(12 << 20)
            .build());
  }

  public static void main(String[] arguments) throws IOException {
    FaultyProcess process;
    try {
      process = new FaultyProcess(open(Path.of(arguments[0]), arguments[1]));
    } catch (DistDbException refusal) {
      say(error(refusal));
      return;
    }
    say("= open");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      say(process.answer(line));
      if (line.equals("close")) {
        return;
      }
    }
  }

  /** Says it even when the fault has made the first writes to standard output fail. */
  private static void say(String line) {
    byte[] bytes = (line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (OUTPUT) {
      boolean said = false;
      while (!said) {
        try {
          OUTPUT.write(bytes);
          said = true;
        } catch (IOException fault) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private static String error(DistDbException refusal) {
    return "! "
        + refusal.code().sqlState()
        + " "
        + refusal.getMessage()
        + refusal.hint().map(hint -> " HINT: " + hint).orElse(" NO HINT");
  }

  private String answer(String line) {
    try {
      String[] words = line.split(" ");
      return switch (words[0]) {
        case "load" -> load(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        case "stop" -> stop();
        case "checkpoint" -> {
          client.checkpoint();
          yield "= checkpoint";
        }
        case "close" -> {
          client.close();
          yield "= closed";
        }
        case "SELECT", "BACKUP" -> "= " + client.query(line).toList(row -> row.get(0)).getFirst();
        default -> "= " + client.execute(line);
      };
    } catch (DistDbException refusal) {
      return error(refusal);
    }
  }

  private String load(int threads, long first) {
    for (int thread = 0; thread < threads; thread++) {
      long firstOfThread = thread * IDS_PER_THREAD + first;
      writers.add(Thread.ofPlatform().daemon().start(() -> write(firstOfThread)));
    }
    return "= loading";
  }

  private String stop() {
    stopped.set(true);
    for (Thread writer : writers) {
      boolean joined = false;
      while (!joined) {
        try {
          writer.join();
          joined = true;
        } catch (InterruptedException goOn) {
          stopped.set(true);
        }
      }
    }
    writers.clear();
    stopped.set(false);
    return "= stopped";
  }

  private void write(long first) {
    PreparedStatement insert = client.prepare(Ledger.INSERT);
    for (long id = first; !stopped.get(); id++) {
      try {
        insert.execute(id, Ledger.part(id), Ledger.note(id));
        say("+ " + id);
      } catch (DistDbException refusal) {
        say("- " + id + " " + error(refusal).substring(2));
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
