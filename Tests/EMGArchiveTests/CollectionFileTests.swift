import EMGArchive
import EMGSignal
import Foundation
import HDF5
import Parallel
import TestSupport
import Testing

@Suite("Collections")
struct CollectionFileTests {
    @Test("what is read is what was written")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url, count: 3)
        let collection = try CollectionFile.open(url)
        #expect(collection.manifest.tasks.map(\.id) == ["p1/s/131", "p2/s/131", "p3/s/131"])
        #expect(collection.warnings.isEmpty)
        try collection.verifyHashes()
        for patient in 1...3 {
            #expect(
                try collection.tensors(for: "p\(patient)/s/131")
                    == SyntheticCollection.tensors(patient))
        }
        #expect(throws: ArchiveError.self) { try collection.tensors(for: "p4/s/131") }
        let names = try FileManager.default.contentsOfDirectory(
            atPath: folder.url.path(percentEncoded: false))
        #expect(names.sorted() == ["small.h5", "small.json"])
    }

    @Test("a collection is opened by its name without .json")
    func nameWithoutExtension() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url, count: 1)
        let named = try CollectionFile.open(url.deletingPathExtension())
        #expect(named.manifestURL.lastPathComponent == "small.json")
        #expect(named.manifest == (try CollectionFile.open(url).manifest))
    }

    @Test("the same collection gives the same bytes")
    func bytesAreReproducible() throws {
        let folder = try TemporaryFolder()
        let urls = try ["a", "b"].map {
            try SyntheticCollection.write(in: folder.url.appending(path: $0), count: 3)
        }
        #expect(try Data(contentsOf: urls[0]) == Data(contentsOf: urls[1]))
        let tensors = urls.map { $0.deletingPathExtension().appendingPathExtension("h5") }
        #expect(try Data(contentsOf: tensors[0]) == Data(contentsOf: tensors[1]))
    }

    @Test("a writer that is given up leaves nothing behind")
    func givenUp() throws {
        let folder = try TemporaryFolder()
        do {
            var writer = try CollectionWriter(manifest: folder.url.appending(path: "a.json"))
            let tensors = SyntheticCollection.tensors(1)
            try writer.add(try SyntheticCollection.identity(1), tensors)
            #expect(throws: ArchiveError.self) {
                try writer.add(try SyntheticCollection.identity(1), tensors)
            }
        }
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: folder.url.path(percentEncoded: false)
            ).isEmpty)
    }

    @Test("tasks are read by many threads at once")
    func concurrentReading() throws {
        let folder = try TemporaryFolder()
        let collection = try CollectionFile.open(
            try SyntheticCollection.write(in: folder.url, count: 8))
        let read = try concurrentMap(count: 64, threads: 8) { index throws(ArchiveError) in
            try collection.tensors(for: "p\(index % 8 + 1)/s/131")
        }
        #expect(read == (0..<64).map { SyntheticCollection.tensors($0 % 8 + 1) })
    }

    @Test("tensors that are missing, of another size or of another kind are refused on opening")
    func otherTensors() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let tensors = folder.url.appending(path: "small.h5")
        let good = try Data(contentsOf: tensors)
        func kind() -> ArchiveError.Kind? {
            #expect(throws: ArchiveError.self) { try CollectionFile.open(url) }?.kind
        }
        try (good + [0]).write(to: tensors)
        #expect(kind() == .sizeMismatch(expected: good.count, found: good.count + 1))
        try Data(repeating: 0, count: good.count).write(to: tensors)
        #expect(kind() == .storage(.notHDF5))
        try FileManager.default.removeItem(at: tensors)
        #expect(
            kind() == .fileSystem(operation: "opening the tensors", reason: "they are not there"))
    }

    @Test("a changed byte anywhere in the tensors is found by their hash")
    func changedBytes() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let tensors = folder.url.appending(path: "small.h5")
        let good = try Data(contentsOf: tensors)
        let collection = try CollectionFile.open(url)
        for index in stride(from: 0, to: good.count, by: 41) {
            var bytes = good
            bytes[index] ^= 0x10
            try bytes.write(to: tensors)
            let error = #expect(throws: ArchiveError.self) { try collection.verifyHashes() }
            guard case .hashMismatch = error?.kind else {
                Issue.record("byte \(index): \(String(describing: error))")
                continue
            }
            // A task is right or refused, never wrong.
            for patient in 1...2 {
                do throws(ArchiveError) {
                    let read = try collection.tensors(for: "p\(patient)/s/131")
                    #expect(read == SyntheticCollection.tensors(patient))
                } catch {
                    #expect(!error.hint.isEmpty)
                }
            }
        }
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
    }

    @Test("a contiguous signal that was changed is found by the task's own hash")
    func changedSignal() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let tensors = folder.url.appending(path: "small.h5")
        var bytes = try Data(contentsOf: tensors)
        let signal = SyntheticCollection.tensors(1).signal.values
        let pattern = unsafe signal.withUnsafeBytes { unsafe Data($0) }
        let place = try #require(bytes.range(of: pattern))
        bytes[place.lowerBound + 5] ^= 1
        try bytes.write(to: tensors)
        let collection = try CollectionFile.open(url)
        let error = #expect(throws: ArchiveError.self) {
            try collection.tensors(for: "p1/s/131")
        }
        guard case .hashMismatch = error?.kind else {
            Issue.record("expected a hash mismatch, got \(String(describing: error))")
            return
        }
        #expect(error?.location.object == "/tasks/p1/s/131")
        #expect(try collection.tensors(for: "p2/s/131") == SyntheticCollection.tensors(2))
    }

    /// Tensors that do not fit their manifest, although their hash does.
    private func kind(
        of change: (inout TaskTensors) -> Void
    ) throws -> ArchiveError.Kind? {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "small.json")
        var tensors = SyntheticCollection.tensors(1)
        change(&tensors)
        var writer = try CollectionWriter(manifest: url)
        let location = try writer.add(try SyntheticCollection.identity(1), tensors)
        let entry = try SyntheticCollection.entry(1, at: location)
        let draft = try SyntheticCollection.manifest(
            entries: [entry],
            tensors: CollectionManifest.TensorFile(path: "", sha256: "", bytes: 0))
        try writer.finish {
            var manifest = draft
            manifest.tensors = $0
            return manifest
        }
        let collection = try CollectionFile.open(url)
        return #expect(throws: ArchiveError.self) { try collection.tensors(for: entry.id) }?.kind
    }

    @Test("windows outside the ranges, other counts and other shapes are refused")
    func audit() throws {
        #expect(
            try kind {
                $0 = TaskTensors(
                    signal: $0.signal.slice(SampleRange(start: 0, end: 99)), support: $0.support,
                    query: $0.query)
            } == .invalid(expected: "100 samples of 2 channels", found: "[99, 2]"))
        #expect(
            try kind {
                $0 = TaskTensors(
                    signal: $0.signal,
                    support: TaskTensors.Windows(starts: [0, 10, 31], labels: [0, 1, 1]),
                    query: $0.query)
            }
                == .invalid(
                    expected: "windows of 10 samples within the ranges of the support",
                    found: "a start at 31 at window 2"))
        #expect(
            try kind {
                $0 = TaskTensors(
                    signal: $0.signal, support: $0.support,
                    query: TaskTensors.Windows(starts: [50, 61, 70], labels: [1, 0, 2]))
            }
                == .invalid(
                    expected: "windows of 10 samples within the ranges of the query",
                    found: "a start at 61 at window 1"))
        #expect(
            try kind {
                $0 = TaskTensors(
                    signal: $0.signal, support: $0.support,
                    query: TaskTensors.Windows(starts: [.min, 60, 70], labels: [1, 0, 2]))
            }
                == .invalid(
                    expected: "windows of 10 samples within the ranges of the query",
                    found: "a start at \(Int64.min) at window 0"))
        #expect(
            try kind {
                $0 = TaskTensors(
                    signal: $0.signal, support: $0.support,
                    query: TaskTensors.Windows(starts: [50, 60, 70], labels: [1, 0, 3]))
            } == .invalid(expected: "labels below 3", found: "3 at window 2"))
        #expect(
            try kind {
                $0 = TaskTensors(
                    signal: $0.signal, support: $0.support,
                    query: TaskTensors.Windows(starts: [50, 60], labels: [1, 0]))
            } == .invalid(expected: "3 windows", found: "2"))
        #expect(
            try kind {
                $0 = TaskTensors(
                    signal: $0.signal, support: $0.support,
                    query: TaskTensors.Windows(starts: [50, 60, 70], labels: [1, 1, 2]))
            } == .invalid(expected: "[1, 1, 1] windows of the classes", found: "[0, 2, 1]"))
        #expect(
            try kind {
                var signal = $0.signal
                signal[65, 1] = .nan
                $0 = TaskTensors(signal: signal, support: $0.support, query: $0.query)
            }
                == .invalid(
                    expected: "finite samples in windows", found: "none at sample 65"))
    }

    @Test("a sample outside all windows may be anything")
    func samplesBetweenWindows() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "small.json")
        let good = SyntheticCollection.tensors(1)
        var signal = good.signal
        signal[45, 0] = .nan
        var writer = try CollectionWriter(manifest: url)
        let location = try writer.add(
            try SyntheticCollection.identity(1),
            TaskTensors(signal: signal, support: good.support, query: good.query))
        let draft = try SyntheticCollection.manifest(
            entries: [try SyntheticCollection.entry(1, at: location)],
            tensors: CollectionManifest.TensorFile(path: "", sha256: "", bytes: 0))
        try writer.finish {
            var manifest = draft
            manifest.tensors = $0
            return manifest
        }
        let read = try CollectionFile.open(url).tensors(for: "p1/s/131")
        #expect(read.signal[45, 0].isNaN)
    }

    @Test(
        "h5py and hashlib read the tensors and give the manifest's hashes",
        .enabled(if: Python.has(module: "h5py"), "needs a python3 that has h5py"))
    func otherReader() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let program = """
            import h5py, hashlib, json, os, sys
            m = json.load(open(sys.argv[1]))
            path = os.path.join(os.path.dirname(sys.argv[1]), m["tensors"]["path"])
            raw = open(path, "rb").read()
            assert len(raw) == m["tensors"]["bytes"]
            assert hashlib.sha256(raw).hexdigest() == m["tensors"]["sha256"]
            f = h5py.File(path)
            assert f.attrs["format"].decode() == "myotask.collection-tensors"
            for t in m["tasks"]:
                g = f[t["tensor"]["path"]]
                assert g["emg"].dtype == "<f4" and g["emg"].shape == (100, 2)
                assert g["emg"].chunks is None
                h = hashlib.sha256(g["emg"][:].tobytes())
                for p in ("support", "query"):
                    assert g[p + "/start"].dtype == "<i8" and g[p + "/label"].dtype == "u1"
                    h.update(g[p + "/start"][:].tobytes())
                    h.update(g[p + "/label"][:].tobytes())
                assert h.hexdigest() == t["tensor"]["sha256"]
            """
        let result = try Python.run(program, arguments: [url.path(percentEncoded: false)])
        #expect(result.status == 0, Comment(rawValue: result.output))
    }
}
