import EMGIngest
import EMGLive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("A recording that is interrupted")
struct InterruptedRecordingTests {
    @Test(arguments: [1, 40, 700])
    func `a killed recording is read up to its last whole line`(block: Int) async throws {
        let bench = try RecordingBench()
        let path = bench.temporary.url.path()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, block = block as Int] in
            let bench = try RecordingBench()
            let recorder = try SessionRecorder(
                bench.identity, in: SessionFolder(URL(filePath: path).appending(path: "raw")),
                of: bench.stream)
            let rows = bench.rows(200_000)
            var row = 0
            recorder.label([bench.segment("open", 10..<80)])
            while recorder.state.writtenRows < 3_000 || recorder.state.writtenSegments < 1 {
                // A slow disk is waited for.
                if row + block <= 200_000 {
                    recorder.append(rows.span.extracting(row * 3..<(row + block) * 3))
                    row += block
                }
                usleep(100)
            }
            kill(getpid(), SIGKILL)
        }
        let read = try bench.read(bench.identity).recording
        let values = read.samples.values
        #expect(values.count >= 9_000)
        #expect(values == Array(bench.rows(200_000).prefix(values.count)))
        let labels = try #require(read.labels)
        #expect(labels.runs.map(\.range.indices).prefix(2) == [0..<10, 10..<80])
    }

    @Test func `a write that the system takes in part is cut back to the last whole line`()
        async throws
    {
        let bench = try RecordingBench()
        let path = bench.temporary.url.path()
        await #expect(processExitsWith: .success) { [path = path as String] in
            // Files end at this size for this process, as on a full disk within a line.
            var limit = rlimit()
            unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let most = limit.rlim_max
            limit.rlim_cur = 5_003
            _ = signal(SIGXFSZ, SIG_IGN)
            let bench = try RecordingBench()
            let folder = SessionFolder(URL(filePath: path).appending(path: "raw"))
            let recorder = try SessionRecorder(bench.identity, in: folder, of: bench.stream)
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let rows = bench.rows(600)
            for row in 0..<600 {
                recorder.append(rows.span.extracting(row * 3..<(row + 1) * 3))
                usleep(50)
            }
            while recorder.state.phase != .waiting { usleep(1_000) }
            let text = try String(
                contentsOf: folder.samples(of: recorder.identity), encoding: .utf8)
            #expect(text.hasSuffix("\n"))
            #expect(text.count { $0 == "\n" } - 1 == recorder.state.writtenRows)
            limit.rlim_cur = most
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let state = recorder.close()
            #expect(state.writtenRows == 600 && state.droppedRows == 0)
        }
        #expect(try bench.read(bench.identity).recording.samples.values == bench.rows(600))
    }
}
