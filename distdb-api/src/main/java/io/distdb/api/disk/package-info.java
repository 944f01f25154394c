// SPDX-License-Identifier: MIT
/** The Disk port: all file access, so that a simulation can lose, tear and refuse it. */
package io.distdb.api.disk;
