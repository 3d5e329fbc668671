import EMGBatch
import Foundation
import HDF5
import TestSupport
import Testing

/// The watch that a worker keeps over libhdf5, in a process of its own.
@Suite("The watch over a library that hangs")
struct HangWatchTests {
    @Test("a call that only works ends the process, which says after how much work")
    func hang() async throws {
        let result = await #expect(
            processExitsWith: .exitCode(1), observing: [\.standardOutputContent]
        ) {
            let watch = HangWatch(leastSeconds: 1) { seconds in
                try? FileHandle.standardOutput.write(contentsOf: Data("stuck \(seconds)".utf8))
            }
            watch.begin("/nothing")
            var turns = 0
            Library.exclusively { while turns >= 0 { turns = (turns + 1) & 0xFFFF } }
        }
        let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        #expect(output.contains("stuck 1"))
    }

    @Test("calls that come back, and work without the library, are left alone however long")
    func work() async throws {
        await #expect(processExitsWith: .exitCode(7)) {
            _ = HangWatch(leastSeconds: 0.4) { _ in }
            let folder = try TemporaryFolder()
            func seconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
            let start = seconds()
            // The work of all calls together is several times what one may take.
            while seconds() - start < 1.2 {
                try File.creating(folder.url.appending(path: "a.h5")) {
                    (file) throws(HDF5Error) in
                    try file.createDataset("/x", values: [1.0, 2], shape: [2])
                }
            }
            var turns = 0
            while seconds() - start < 2.4 { turns = (turns + 1) & 0xFFFF }
            exit(7)
        }
    }
}
