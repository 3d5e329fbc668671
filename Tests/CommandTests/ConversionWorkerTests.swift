import EMGArchive
import EMGBatch
import EMGIngest
import ErrorReports
import Foundation
import TestSupport
import Testing

@Suite("Workers of a conversion")
struct ConversionWorkerTests {
    /// An archive of four people, whose files are read by workers when they are converted.
    private func archive(in folder: borrowing TemporaryFolder) throws -> URL {
        let laboratory = try makeLaboratory(in: folder.url)
        let archive = folder.url.appending(path: "first")
        let run = try CommandRun(["convert", laboratory.path(), "--output", archive.path()])
        #expect(run.status == 0)
        return archive
    }

    /// A conversion whose workers are a shell that decides job by job, and hands what it does not
    /// decide on to a real worker.
    private func conversion(
        of archive: URL, into target: URL, deciding cases: String, threads: Int = 2,
        patienceSeconds: Double = 60
    ) throws -> ArchiveConversion {
        let executable = try CommandRun.executable().path()
        var conversion = ArchiveConversion(
            inputs: [archive], archive: RecordingArchive(folder: target),
            registry: .standard, threads: threads)
        let script = """
            while read -r job; do
                case "$job" in
                \(cases)
                *) printf '%s\\n' "$job" | "$0" convert-worker in --output out ;;
                esac
            done
            """
        conversion.worker = WorkerCommand(
            executable: URL(filePath: "/bin/sh"), arguments: ["-c", script, executable],
            patienceSeconds: patienceSeconds)
        return conversion
    }

    @Test(
        "a worker that dies costs the one file, and says how it died",
        arguments: [
            ("kill -SEGV $$", "ended by signal 11"), ("exit 3", "ended with status 3"),
            ("echo nonsense; exit 0", "ended with status 0"),
        ], [1, 3])
    func crash(death: (does: String, says: String), threads: Int) throws {
        let folder = try TemporaryFolder()
        let archive = try archive(in: folder)
        let target = folder.url.appending(path: "second")
        let report = try conversion(
            of: archive, into: target, deciding: "*_p2*) \(death.does) ;;", threads: threads
        ).run()
        #expect(report.writtenCount == 3)
        #expect(report.refusedCount == 1)
        let refused = try #require(report.items.first { $0.outcome != .written })
        guard case .refused(let error) = refused.outcome else {
            Issue.record("\(refused.outcome)")
            return
        }
        #expect(refused.input.contains("_p2"))
        #expect(error.description.contains(death.says), "\(error)")
        #expect(!error.hint.isEmpty && error.kind == "crashed")
        #expect(try contents(of: target).keys.allSatisfy { $0.hasSuffix(".h5") })
        #expect(try contents(of: target).count == 3)
    }

    @Test("a worker that hangs is ended, and the rest goes on")
    func hang() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(in: folder)
        let target = folder.url.appending(path: "second")
        let report = try conversion(
            of: archive, into: target, deciding: "*_p3*) exec sleep 1000 ;;", patienceSeconds: 5
        ).run()
        #expect(report.writtenCount == 3)
        let refused = report.items.compactMap { item -> String? in
            if case .refused(let error) = item.outcome { error.description } else { nil }
        }
        #expect(refused.count == 1)
        #expect(refused.first?.contains("no progress for 5 s") == true, "\(refused)")
    }

    @Test("a worker that died while it waited is replaced, and no file is blamed")
    func deadWhileIdle() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(in: folder)
        let target = folder.url.appending(path: "second")
        // Each worker serves one job and leaves.
        let executable = try CommandRun.executable().path()
        var conversion = ArchiveConversion(
            inputs: [archive], archive: RecordingArchive(folder: target),
            registry: .standard)
        conversion.worker = WorkerCommand(
            executable: URL(filePath: "/bin/sh"),
            arguments: [
                "-c",
                #"read -r job; printf '%s\n' "$job" | "$0" convert-worker in --output out"#,
                executable,
            ])
        let report = try conversion.run()
        // One that is just leaving may still be given a job: that file is refused as crashed and
        // would be converted by the next run; it never ends this process.
        #expect(report.writtenCount + report.refusedCount == 4)
        #expect(report.writtenCount >= 1)
        let second = try conversion.run()
        #expect(second.upToDateCount == report.writtenCount)
    }

    @Test("what workers write has the bytes of what this process writes")
    func sameBytes() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(in: folder)
        let targets = ["inside", "workers"].map { folder.url.appending(path: $0) }
        let inside = try ArchiveConversion(
            inputs: [archive], archive: RecordingArchive(folder: targets[0]),
            registry: .standard
        ).run()
        #expect(inside.writtenCount == 4)
        let run = try CommandRun(
            ["convert", archive.path(), "--output", targets[1].path(), "--threads", "2"])
        #expect(run.status == 0, "\(run.problems)")
        #expect(try contents(of: targets[0]) == contents(of: targets[1]))
    }
}
