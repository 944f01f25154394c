// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.SimulatedCrash;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The device behind all views of one simulated disk. Its monitor protects the state of one call;
 * the listener is called outside of it.
 */
final class Volume {
  private static final long UNLIMITED_USABLE_BYTES = 1L << 40;

  private final SeededRandom random;
  private final DiskFaults faults = new DiskFaults();
  private final Namespace names;
  private final TreeMap<String, String> locks = new TreeMap<>();
  private volatile DiskListener listener = DiskListener.SILENT;
  private volatile String deathCause;
  private long sequence;
  private long calls;
  private final long[] callsByOperation = new long[DiskOperation.values().length];
  private long boundaries;
  private long crashAt = Long.MAX_VALUE;
  private DiskFaults.Failure pendingFailure;

  Volume(SeededRandom random) {
    this(random, new Namespace(), 0);
  }

  private Volume(SeededRandom random, Namespace names, long sequence) {
    this.random = random;
    this.names = names;
    this.sequence = sequence;
  }

  /** What is to become of a call. */
  private enum Verdict {
    GO,
    /** Done as far as the device knows, then the power goes. */
    CRASH,
    FAIL
  }

  long seed() {
    return random.seed();
  }

  DiskFaults faults() {
    return faults;
  }

  void listen(DiskListener newListener) {
    listener = newListener;
  }

  DiskListener listener() {
    return listener;
  }

  synchronized void crashAt(long boundary) {
    crashAt = boundary;
  }

  synchronized long boundaries() {
    return boundaries;
  }

  synchronized long calls() {
    return calls;
  }

  synchronized long calls(DiskOperation operation) {
    return callsByOperation[operation.ordinal()];
  }

  void powerOff(String cause) {
    if (deathCause == null) {
      deathCause = cause;
      listener.powerLost(cause);
    }
  }

  boolean isDead() {
    return deathCause != null;
  }

  synchronized Volume afterPowerLoss(CrashMode mode) {
    SeededRandom fate = random.fork("power loss " + mode + " at " + calls);
    PowerLoss loss = new PowerLoss(mode, fate, names.pendingSequences());
    return new Volume(fate.fork("next life"), names.after(loss), sequence);
  }

  synchronized Volume afterKill() {
    return new Volume(random.fork("killed at " + calls), names.copy(), sequence);
  }

  FileNode open(String path) {
    DiskCall call = DiskCall.of(DiskOperation.OPEN, path);
    announce(call);
    FileNode file;
    synchronized (this) {
      failIfTold(judge(call), call);
      file = requireFile(path);
    }
    listener.after(call);
    return file;
  }

  FileNode create(String path) {
    DiskCall call = DiskCall.of(DiskOperation.CREATE, path);
    announce(call);
    FileNode file;
    synchronized (this) {
      Verdict verdict = judge(call);
      failIfTold(verdict, call);
      requireDirectory(Namespace.parent(path));
      Node node = names.find(path);
      if (node == Node.Directory.INSTANCE) {
        throw new DistDbException(ErrorCode.IO_ERROR, "cannot create " + path + ": is a directory");
      } else if (node instanceof FileNode existing) {
        file = existing;
        file.truncate(sequence++, 0);
      } else {
        file = new FileNode();
        names.link(sequence++, path, file);
      }
      crashIfTold(verdict, call);
    }
    listener.after(call);
    return file;
  }

  synchronized Node find(String path) {
    checkAlive();
    return names.find(path);
  }

  synchronized List<String> list(String path) {
    checkAlive();
    return names.list(path);
  }

  void createDirectories(String path) {
    if (path.isEmpty()) {
      return;
    }
    createDirectories(Namespace.parent(path));
    Node existing = find(path);
    if (existing == Node.Directory.INSTANCE) {
      return;
    }
    DiskCall call = DiskCall.of(DiskOperation.CREATE_DIRECTORY, path);
    announce(call);
    synchronized (this) {
      Verdict verdict = judge(call);
      failIfTold(verdict, call);
      if (existing != null) {
        throw new DistDbException(
            ErrorCode.IO_ERROR, "cannot create directory " + path + ": it is a file");
      }
      names.link(sequence++, path, Node.Directory.INSTANCE);
      crashIfTold(verdict, call);
    }
    listener.after(call);
  }

  void rename(String from, String to) {
    DiskCall call = new DiskCall(DiskOperation.RENAME, from, to, 0, 0, 0);
    announce(call);
    synchronized (this) {
      Verdict verdict = judge(call);
      failIfTold(verdict, call);
      requireFile(from);
      requireDirectory(Namespace.parent(to));
      names.rename(sequence++, from, to);
      crashIfTold(verdict, call);
    }
    listener.after(call);
  }

  boolean delete(String path) {
    DiskCall call = DiskCall.of(DiskOperation.DELETE, path);
    announce(call);
    boolean found;
    synchronized (this) {
      Verdict verdict = judge(call);
      failIfTold(verdict, call);
      Node node = path.isEmpty() ? null : names.find(path);
      found = node != null;
      if (node == Node.Directory.INSTANCE && !names.list(path).isEmpty()) {
        throw new DistDbException(
            ErrorCode.IO_ERROR, "cannot delete " + path + ": the directory is not empty");
      }
      if (found) {
        names.unlink(sequence++, path);
      }
      crashIfTold(verdict, call);
    }
    listener.after(call);
    return found;
  }

  void forceDirectory(String path) {
    DiskCall call = DiskCall.of(DiskOperation.FORCE_DIRECTORY, path);
    announce(call);
    synchronized (this) {
      Verdict verdict = judge(call);
      requireDirectory(path);
      crashIfTold(verdict, call);
      if (verdict == Verdict.FAIL) {
        names.failForce(path, random);
      }
      failIfTold(verdict, call);
      names.force(path);
    }
    listener.after(call);
  }

  void write(FileNode file, String path, long position, ByteBuffer source) {
    int length = source.remaining();
    DiskCall call =
        new DiskCall(DiskOperation.WRITE, path, "", position, length, Checksum.of(source));
    announce(call);
    synchronized (this) {
      Verdict verdict = judge(call, file.cached().missingPages(position, length) > 0);
      boolean fits = fits(file, position, length);
      int done = verdict == Verdict.FAIL || !fits ? random.below(length + 1) : length;
      int fitting = fits(file, position, done) ? done : 0;
      long number = callsByOperation[DiskOperation.WRITE.ordinal()] - 1;
      FileNode.WriteFault fault = faults.nextWriteFault(number, fitting, random);
      file.write(sequence++, position, source, fitting, fault);
      crashIfTold(verdict, call);
      failIfTold(verdict, call);
      if (!fits) {
        faults.refusedForRoom();
        throw DiskFaults.Failure.DISK_FULL.error(call);
      }
    }
    listener.after(call);
  }

  int read(FileNode file, String path, long position, ByteBuffer target) {
    DiskCall call = new DiskCall(DiskOperation.READ, path, "", position, target.remaining(), 0);
    announce(call);
    ByteBuffer result = target.duplicate();
    int length;
    synchronized (this) {
      failIfTold(judge(call), call);
      length = file.cached().read(position, target);
      long number = callsByOperation[DiskOperation.READ.ordinal()] - 1;
      if (length > 0 && faults.flipsRead(number, random)) {
        int bit = random.below(length * 8);
        int at = result.position() + bit / 8;
        target.put(at, (byte) (target.get(at) ^ (1 << (bit % 8))));
      }
    }
    result.limit(result.position() + length);
    listener.after(
        new DiskCall(DiskOperation.READ, path, "", position, length, Checksum.of(result)));
    return length;
  }

  synchronized long size(FileNode file) {
    checkAlive();
    return file.cached().size();
  }

  void truncate(FileNode file, String path, long size) {
    DiskCall call = new DiskCall(DiskOperation.TRUNCATE, path, "", size, 0, 0);
    announce(call);
    synchronized (this) {
      Verdict verdict = judge(call);
      failIfTold(verdict, call);
      file.truncate(sequence++, size);
      crashIfTold(verdict, call);
    }
    listener.after(call);
  }

  void force(FileNode file, String path) {
    DiskCall call = DiskCall.of(DiskOperation.FORCE, path);
    announce(call);
    synchronized (this) {
      Verdict verdict = judge(call);
      crashIfTold(verdict, call);
      if (verdict == Verdict.FAIL) {
        file.failForce(random);
      }
      failIfTold(verdict, call);
      file.force();
    }
    listener.after(call);
  }

  synchronized long usableBytes() {
    checkAlive();
    long capacity = faults.capacityBytes();
    long room = capacity == Long.MAX_VALUE ? UNLIMITED_USABLE_BYTES : capacity;
    return Math.max(0, room - names.allocatedBytes());
  }

  synchronized Optional<String> lock(String path, String holder) {
    checkAlive();
    return Optional.ofNullable(locks.putIfAbsent(path, holder));
  }

  synchronized Optional<String> holder(String path) {
    checkAlive();
    return Optional.ofNullable(locks.get(path));
  }

  synchronized void unlock(String path) {
    locks.remove(path);
  }

  synchronized void flipBit(String path, long bit) {
    FileNode file = requireFile(path);
    if (bit < 0 || bit >= file.cached().size() * 8) {
      throw new IllegalArgumentException(
          "bit " + bit + " is outside of " + path + ", " + file.cached().size() + " bytes");
    }
    file.flipBit(bit);
  }

  private void announce(DiskCall call) {
    checkAlive();
    listener.before(call);
  }

  private void checkAlive() {
    String cause = deathCause;
    if (cause != null) {
      throw new SimulatedCrash(cause);
    }
  }

  private Verdict judge(DiskCall call) {
    boolean needsRoom =
        call.operation().mayFillDisk() && call.operation() != DiskOperation.TRUNCATE;
    return judge(call, needsRoom);
  }

  private Verdict judge(DiskCall call, boolean needsRoom) {
    checkAlive();
    long number = callsByOperation[call.operation().ordinal()]++;
    if (faults.fills(call.operation(), number)) {
      faults.capacityBytes(names.allocatedBytes());
    }
    DiskFaults.Failure failure = faults.next(call.operation(), calls++, number, needsRoom, random);
    if (call.operation().isBoundary() && boundaries++ == crashAt) {
      return Verdict.CRASH;
    }
    pendingFailure = failure;
    return failure == null ? Verdict.GO : Verdict.FAIL;
  }

  private void crashIfTold(Verdict verdict, DiskCall call) {
    if (verdict == Verdict.CRASH) {
      String where = call.operation() + " " + call.name();
      powerOff("power lost at boundary " + (boundaries - 1) + ", " + where);
      throw new SimulatedCrash(deathCause);
    }
  }

  private void failIfTold(Verdict verdict, DiskCall call) {
    if (verdict == Verdict.FAIL) {
      throw pendingFailure.error(call);
    }
  }

  private boolean fits(FileNode file, long position, int length) {
    long capacity = faults.capacityBytes();
    if (capacity == Long.MAX_VALUE) {
      return true;
    }
    long needed = (long) file.cached().missingPages(position, length) * Pages.PAGE_BYTES;
    return needed == 0 || names.allocatedBytes() + needed <= capacity;
  }

  private FileNode requireFile(String path) {
    if (names.find(path) instanceof FileNode file) {
      return file;
    }
    throw new DistDbException(ErrorCode.UNDEFINED_FILE, "there is no file " + path);
  }

  private void requireDirectory(String path) {
    if (names.find(path) != Node.Directory.INSTANCE) {
      throw new DistDbException(ErrorCode.UNDEFINED_FILE, "there is no directory " + path);
    }
  }
}
