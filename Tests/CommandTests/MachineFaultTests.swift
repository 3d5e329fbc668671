import EMGArchive
import ErrorReports
import Foundation
import TestSupport
import Testing

/// A full disk and the like stop a command and are no property of a file.
@Suite("Faults of the machine")
struct MachineFaultTests {
    /// A study of four people whose recordings are of a kind.
    private static func study(in folder: URL, native isNative: Bool) throws -> String {
        let laboratory = try makeLaboratory(in: folder)
        guard isNative else { return laboratory.path() }
        let archive = folder.appending(path: "first")
        _ = try CommandRun(["convert", laboratory.path(), "--output", archive.path()])
        return archive.path()
    }

    @Test(
        "a full disk is reported once, and with room the same conversion ends as an undisturbed one",
        .enabled(if: Shell.canMount, "needs to be root and to mount a small file system"),
        arguments: [false, true], [16, 120])
    func fullDisk(isNative: Bool, kilobytes: Int) throws {
        let folder = try TemporaryFolder()
        let input = try Self.study(in: folder.url, native: isNative)
        let program = try CommandRun.executable().path()
        let result = try Shell.run(
            """
            unshare -m sh -c '
            mount -t tmpfs -o size=\(kilobytes)k none /mnt
            \(program) convert \(input) --output /mnt/a; echo status $?
            find /mnt -name "*.partial" -o -name "*spool*"
            mount -o remount,size=64m /mnt
            \(program) convert \(input) --output /mnt/a > /dev/null 2>&1; echo again $?
            \(program) convert \(input) --output /mnt/b > /dev/null 2>&1
            diff -r /mnt/a /mnt/b && echo same'
            """)
        #expect(result.output.contains("status 1\n"), "\(result.output)")
        #expect(
            result.output.components(separatedBy: "Error: the disk of /mnt/a").count == 2,
            "\(result.output)")
        #expect(result.output.contains(" is full\n  hint: free space there"), "\(result.output)")
        #expect(!result.output.contains("refused"), "\(result.output)")
        #expect(!result.output.contains(".partial\n"), "\(result.output)")
        #expect(result.output.contains("again 0\nsame\n"), "\(result.output)")
    }

    @Test(
        "a folder that may not be written to is reported once",
        .enabled(if: Shell.canMount, "needs to be root and to mount a small file system"))
    func readOnly() throws {
        let folder = try TemporaryFolder()
        let input = try Self.study(in: folder.url, native: false)
        let program = try CommandRun.executable().path()
        let result = try Shell.run(
            """
            unshare -m sh -c '
            mount -t tmpfs -o ro none /mnt
            \(program) convert \(input) --output /mnt/a; echo status $?
            \(program) convert \(input) --output /mnt; echo status $?
            \(program) convert \(input) --output /sys/a; echo status $?'
            """)
        let errors = result.output.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
        #expect(errors.count == 3, "\(result.output)")
        #expect(errors.prefix(2).allSatisfy { $0.hasSuffix(" may only be read") }, "\(errors)")
        #expect(errors.last?.hasPrefix("Error: you may not write in /sys/a") == true, "\(errors)")
        #expect(result.output.components(separatedBy: "status 1").count == 4)
    }

    @Test(
        "run records nothing of a full disk, and ends as an undisturbed run when there is room",
        .enabled(if: Shell.canMount, "needs to be root and to mount a small file system"),
        arguments: [24, 60, 150, 300])
    func fullDiskDuringRun(kilobytes: Int) throws {
        let folder = try TemporaryFolder()
        _ = try makeLaboratory(in: folder.url)
        let experiment = """
            name: study
            convert: {inputs: lab}
            filter: {accept_envelope: true, stages: [{low_pass: {cutoff_hz: 6, order: 2}}]}
            build: {seed: 3, window: {length: 40, stride: 20}, splits: {test: 1, validation: 1}}
            train:
              model: {name: dnn, hidden: [8]}
              inner: {optimizer: adam, learning_rate: 1.0e-3, epochs: 1, batch_size: 32}
              outer: {learning_rate: 1.0e-3}
              meta_epochs: 1
              tasks_per_step: 1
              baselines: {pretrained: {epochs: 1}}

            """
        try Data(experiment.utf8).write(to: folder.url.appending(path: "e.yaml"))
        let program = try CommandRun.executable().path()
        let result = try Shell.run(
            """
            cd \(folder.url.path()) && unshare -m sh -c '
            mount -t tmpfs -o size=\(kilobytes)k none /mnt
            \(program) run e.yaml --output /mnt/a --quiet; echo status $?
            if grep -s "is full" /mnt/a/state.json; then echo recorded; fi
            mount -o remount,size=64m /mnt
            \(program) run e.yaml --output /mnt/a --quiet > /mnt/said 2>&1; echo again $?
            cat /mnt/said
            \(program) run e.yaml --output /mnt/b --quiet > /dev/null 2>&1
            for part in archive conditioned collection; do
                diff -r /mnt/a/$part /mnt/b/$part && echo same $part
            done'
            """)
        #expect(result.output.contains("status 1\n"), "\(result.output)")
        // The training tells it in words of its own.
        #expect(result.output.contains(" space "), "\(result.output)")
        #expect(!result.output.contains("refused"), "\(result.output)")
        #expect(!result.output.contains("recorded"), "\(result.output)")
        #expect(result.output.contains("again 0\n"), "\(result.output)")
        for part in ["archive", "conditioned", "collection"] {
            #expect(result.output.contains("same \(part)\n"), "\(result.output)")
        }
    }

    @Test(
        "error numbers are faults of the machine or tell of the file",
        arguments: [
            (ENOSPC, .writing, .diskFull), (EDQUOT, .writing, .quota),
            (EIO, .reading, .inputOutput),
            (EROFS, .writing, .readOnly), (EACCES, .writing, .permission),
            (EPERM, .writing, .permission), (EMFILE, .reading, .descriptors),
            (ENFILE, .writing, .descriptors), (ENOMEM, .reading, .memory),
            (EACCES, .reading, nil), (ENOENT, .reading, nil), (EISDIR, .writing, nil),
            (EEXIST, .writing, nil),
        ] as [(Int32, MachineFault.Use, MachineFault.Kind?)])
    func kinds(number: Int32, use: MachineFault.Use, kind: MachineFault.Kind?) {
        #expect(MachineFault(errorNumber: number, use, at: "/x")?.kind == kind)
        let error = NSError(
            domain: NSCocoaErrorDomain, code: CocoaError.fileWriteUnknown.rawValue,
            userInfo: [
                NSUnderlyingErrorKey: NSError(domain: NSPOSIXErrorDomain, code: Int(number))
            ])
        #expect(MachineFault(error, use, at: "/x")?.kind == kind)
    }
}
