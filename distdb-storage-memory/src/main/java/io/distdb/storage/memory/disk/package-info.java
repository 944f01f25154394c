// SPDX-License-Identifier: MIT
/**
 * The Disk port over the files of this machine. Nothing here knows what the files hold: formats
 * belong to those who write them.
 */
package io.distdb.storage.memory.disk;
