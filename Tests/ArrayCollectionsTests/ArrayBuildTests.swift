import ArrayCollections
import Documents
import ErrorReports
import Foundation
import HDF5
import MetaLearning
import NPY
import RasterImages
import TestSupport
import Testing

@Suite("Building collections of labeled arrays")
struct ArrayBuildTests {
    private static func configuration(_ yaml: String) throws -> ArrayConfiguration {
        try ArrayConfiguration(Document(yaml: yaml.utf8, name: "settings").cursor)
    }

    private static func build(
        _ sources: [URL], _ yaml: String, to url: URL
    ) throws -> ArrayManifest {
        try ArrayCollectionBuilder(configuration(yaml)).build(from: sources, to: url).manifest
    }

    @Test("the same sources and settings give the same bytes, for any number of threads")
    func identical() throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "images.h5")
        try ArrayFixture.images(to: source, classes: 40, samples: 30)
        var files: [[Data]] = []
        for threads in [1, 4] {
            let url = folder.url.appending(path: "\(threads)/study.json")
            _ = try ArrayCollectionBuilder(Self.configuration("labels: label")).build(
                from: [source], to: url, threads: threads)
            files.append([
                try Data(contentsOf: url),
                try Data(contentsOf: url.deletingLastPathComponent().appending(path: "study.h5")),
            ])
        }
        #expect(files[0] == files[1])
    }

    @Test("a manifest is read as it was written, and satisfies its schema")
    func manifest() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url) { $0.rotations = .all }
        let document = try Document(contentsOf: collection.manifestURL)
        #expect(try ArrayManifest(document) == collection.manifest)
        #expect(
            collection.manifest.json
                == (try String(contentsOf: collection.manifestURL, encoding: .utf8)))
        #expect(ArrayManifest.isOne(document))
    }

    @Test("every class has one split, the one of its column, with its group and its digest")
    func classes() throws {
        let folder = try TemporaryFolder()
        let manifest = try ArrayFixture.collection(in: folder.url).manifest
        #expect(manifest.classes.map(\.name) == (0..<12).map(String.init))
        #expect(manifest.classes.map(\.split) == (0..<12).map { $0 < 8 ? .train : .test })
        #expect(manifest.classes.map(\.group) == (0..<12).map { "\($0 % 3)" })
        #expect(manifest.classes.allSatisfy { $0.count == 6 })
        #expect(Set(manifest.classes.map(\.sha256)).count == 12)
        #expect(manifest.sample.kind == .image && manifest.sample.shape == [4, 4])
        let audit = try ArrayAudit.audit(folder.url.appending(path: "study"))
        #expect(audit.violations.isEmpty && audit.notes.isEmpty)
    }

    @Test(
        "classes are divided by names, groups, numbers and shares",
        arguments: [
            ("{by: class, test: ['1', '2'], validation: ['3']}", [9, 1, 2]),
            ("{by: group, test: ['2']}", [8, 0, 4]),
            ("{by: group, test: 1, validation: 1}", [4, 4, 4]),
            ("{by: class, test: 0.25}", [9, 0, 3]), ("{}", [9, 1, 2]),
            ("{column: background, validation: 2}", [6, 2, 4]),
            ("{column: background, train: ['0'], test: ['1']}", [4, 0, 8]),
            ("{by: source, test: [images]}", []), ("{by: class, train: ['1']}", []),
            ("{by: class, test: 12}", []), ("{by: class, test: ['1'], validation: ['1']}", []),
            ("{by: group, test: ['7']}", []), ("{by: column}", []), ("{column: group}", []),
            ("{column: nothing}", []),
        ] as [(String, [Int])])
    func splits(split: String, counts: [Int]) throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "images.h5")
        try ArrayFixture.images(to: source)
        let url = folder.url.appending(path: "study.json")
        let yaml = "labels: label\ngroups: group\nsplit: \(split)"
        guard !counts.isEmpty else {
            #expect(throws: (any Error).self) { try Self.build([source], yaml, to: url) }
            #expect(!FileManager.default.fileExists(atPath: url.path()))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == [
                    "images.h5"
                ])
            return
        }
        let manifest = try Self.build([source], yaml, to: url)
        let found = EpisodeSplit.allCases.map { split in
            manifest.classes.count { $0.split == split }
        }
        #expect(found == counts)
    }

    @Test("a class that would be in two splits is refused with a sample")
    func straddling() throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "images.h5")
        try ArrayFixture.images(to: source)
        let fault = #expect(throws: ArrayError.self) {
            try Self.build(
                [source], "{labels: group, split: {column: background}}",
                to: folder.url.appending(path: "study.json"))
        }
        #expect(fault?.kindName == "in_two_splits")
        #expect(fault?.place.object?.hasPrefix("sample ") == true)
    }

    @Test("a folder of images has classes by folder and groups by the one above")
    func folders() throws {
        let folder = try TemporaryFolder()
        for (group, glyph, count) in [("a", "x", 3), ("a", "y", 2), ("b", "x", 2)] {
            let place = folder.url.appending(path: "set/\(group)/\(glyph)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for index in 1...count {
                let image = RasterImage(
                    rows: 6, columns: 6, channels: 1,
                    pixels: Array(repeating: UInt8(index * 20), count: 36))
                try Data(image.png).write(to: place.appending(path: "\(index).png"))
            }
        }
        try Data("notes".utf8).write(to: folder.url.appending(path: "set/read-me.txt"))
        let url = folder.url.appending(path: "study.json")
        let report = try ArrayCollectionBuilder(
            Self.configuration("{image: {size: 3, invert: true}, split: {test: ['b/x']}}")
        ).build(from: [folder.url.appending(path: "set")], to: url)
        #expect(report.manifest.classes.map(\.name) == ["a/x", "a/y", "b/x"])
        #expect(report.manifest.classes.map(\.group) == ["a", "a", "b"])
        #expect(report.manifest.classes.map(\.count) == [3, 2, 2])
        #expect(report.manifest.sample.shape == [3, 3])
        #expect(report.warnings.count == 1 && report.warnings[0].contains("read-me.txt"))
        let source = try ArrayCollection.open(url).episodes(
            by: ArrayFixture.settings {
                $0.ways = 1
                $0.shots = 1
                $0.queries = 1
            })
        let value = try #require(try source.episode("test/1").support.signal.first)
        #expect([20, 40].contains(Int(((1 - value) * 255).rounded())))
        let (_, differences) = try ArrayCollectionBuilder.verify(
            url, from: folder.url.appending(path: "set"))
        #expect(differences.isEmpty)
    }

    /// Writes a NumPy file.
    private static func numpy(_ type: NPYType, _ shape: [Int], _ bytes: [UInt8], to url: URL) throws
    {
        try Data(NPYHeader.bytes(of: type, shape: shape) + bytes).write(to: url)
    }

    @Test("NumPy files are read, with signals channel by channel")
    func numpyFiles() throws {
        let folder = try TemporaryFolder()
        let count = 12
        // A signal of 2 channels and 3 samples: 10 · channel + sample, and 100 · class.
        var values: [Float] = []
        for sample in 0..<count {
            for channel in 0..<2 {
                for time in 0..<3 { values.append(Float(sample / 3 * 100 + channel * 10 + time)) }
            }
        }
        let bytes = values.flatMap { value -> [UInt8] in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
        }
        try Self.numpy(
            .float32, [count, 2, 3], bytes,
            to: folder.url.appending(path: "x.npy"))
        try Data((0..<count).map { "c\($0 / 3)\n" }.joined().utf8).write(
            to: folder.url.appending(path: "labels.txt"))
        let url = folder.url.appending(path: "study.json")
        let manifest = try Self.build(
            [folder.url.appending(path: "x.npy")],
            "{labels: labels.txt, split: {test: [c3]}}", to: url)
        #expect(manifest.sample.kind == .signal && manifest.sample.shape == [3, 2])
        #expect(manifest.classes.map(\.name) == ["c0", "c1", "c2", "c3"])
        let source = try ArrayCollection.open(url).episodes(
            by: ArrayFixture.settings {
                $0.ways = 1
                $0.shots = 1
                $0.queries = 1
            })
        #expect(source.channelCount == 2 && source.windowLength == 3 && source.imageExtent == nil)
        let rows = Episode.rows(try source.episode("test/1").support)
        #expect(rows == [[300, 310, 301, 311, 302, 312] as [Float]])
    }

    @Test(
        "archives of NumPy are read, compressed or not",
        .enabled(if: Python.has(module: "numpy"), "needs Python with NumPy"),
        arguments: ["savez", "savez_compressed"])
    func archives(function: String) throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "a.npz")
        let program = """
            import sys, numpy as np
            x = np.arange(24 * 5 * 5).reshape(24, 5, 5).astype('uint8')
            np.\(function)(sys.argv[1], images=x, y=np.arange(24) % 4, words=np.array(['a']))
            """
        #expect(try Python.run(program, arguments: [source.path()]).status == 0)
        let manifest = try Self.build(
            [source], "labels: y", to: folder.url.appending(path: "study.json"))
        #expect(manifest.classes.map(\.count) == [6, 6, 6, 6])
        #expect(manifest.sample.shape == [5, 5])
        let fault = #expect(throws: ArrayError.self) {
            try Self.build([source], "labels: words", to: folder.url.appending(path: "b.json"))
        }
        #expect(fault?.kindName == "missing")
    }

    @Test(
        "names of numbers come from datasets of texts",
        .enabled(if: Python.has(module: "h5py"), "needs Python with h5py"))
    func names() throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "a.h5")
        let program = """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], 'w') as f:
                f['x'] = np.zeros((9, 3), 'float32')
                f['y'] = np.arange(9) % 3
                f['g'] = np.array(['left', 'right', 'left'] * 3, dtype=object)
                f['names'] = np.array([b'red', b'green', b'blue'], dtype=object)
                f['few'] = np.array([b'red', b'green'], dtype=object)
                f['twice'] = np.array([b'red', b'green', b'red'], dtype=object)
            """
        #expect(try Python.run(program, arguments: [source.path()]).status == 0)
        let url = folder.url.appending(path: "study.json")
        let manifest = try Self.build([source], "{labels: y, names: names, groups: g}", to: url)
        #expect(manifest.classes.map(\.name) == ["red", "green", "blue"])
        #expect(manifest.classes.map(\.group) == ["left", "right", "left"])
        for names in ["few", "twice"] {
            let fault = #expect(throws: ArrayError.self) {
                try Self.build(
                    [source], "{labels: y, names: \(names)}",
                    to: folder.url.appending(path: "b.json"))
            }
            #expect(fault?.hint.isEmpty == false)
        }
    }

    @Test("normalization is of the training classes alone")
    func normalization() throws {
        let folder = try TemporaryFolder()
        let text =
            "kind,a,b\n"
            + (0..<16).map { "k\($0 / 4),\($0 / 4 * 10 + $0 % 4),7\n" }.joined()
        let source = folder.url.appending(path: "t.csv")
        try Data(text.utf8).write(to: source)
        let url = folder.url.appending(path: "study.json")
        let manifest = try Self.build(
            [source], "{labels: kind, normalization: standard, split: {test: [k3]}}", to: url)
        #expect(manifest.inputs == ["a", "b"])
        let numbers = [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23].map(Double.init)
        let mean = numbers.reduce(0, +) / 12
        let deviation = (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 12).squareRoot()
        #expect(abs(manifest.normalization.offset[0] - mean) < 1e-9)
        #expect(abs(manifest.normalization.scale[0] - deviation) < 1e-9)
        // What does not vary is not divided by 0.
        #expect(manifest.normalization.offset[1] == 7 && manifest.normalization.scale[1] == 1)
    }

    // MARK: Faults

    @Test("a number that is not finite is refused with its sample")
    func notFinite() throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "x.h5")
        let file = try OpenFile.creating(source)
        var values = [Float](repeating: 1, count: 40)
        values[23] = .nan
        try file.createDataset("x", values: values, shape: [10, 4], layout: .contiguous)
        try file.createDataset(
            "y", values: (0..<10).map { Int64($0 % 5) }, shape: [10], layout: .contiguous)
        try file.close()
        let fault = #expect(throws: ArrayError.self) {
            try Self.build([source], "labels: y", to: folder.url.appending(path: "study.json"))
        }
        #expect(fault?.kindName == "not_finite" && fault?.place.object == "sample 5")
    }

    @Test(
        "settings and sources that do not fit are refused, and nothing is left behind",
        arguments: [
            "{}", "{labels: nothing}", "{labels: image}", "{labels: label, samples: label}",
            "{labels: label, names: group}",
            "{labels: label, kind: signal, channels: first, rotations: all}",
            "{labels: label, image: {size: 3}}", "{labels: label, kind: vector, rotations: all}",
            "{task: label, targets: [nothing]}", "{labels: label, groups: nothing}",
        ])
    func refused(yaml: String) throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "images.h5")
        try ArrayFixture.images(to: source)
        #expect(throws: (any Error).self) {
            try Self.build([source], yaml, to: folder.url.appending(path: "study.json"))
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["images.h5"])
    }

    @Test(
        "settings that exclude each other are refused by their place",
        arguments: [
            "{task: a}", "{targets: [a]}", "{task: a, targets: [b], labels: c}", "{support: 0}",
            "{split: {by: class, column: a}}", "{split: {train: 0.5}}", "{split: {test: 2.5}}",
            "{rotations: some}", "{image: {size: [1, 2, 3]}}", "{surprise: 1}",
        ])
    func settings(yaml: String) {
        #expect(throws: DocumentError.self) { try Self.configuration(yaml) }
    }

    @Test("settings are written as they are read")
    func roundTrip() throws {
        let yaml = """
            {samples: a, labels: b, names: c, groups: d, group_names: e, kind: image, channels: first,
             image: {size: [3, 4], invert: true, color: gray}, normalization: standard, rotations: train,
             support: 3, split: {by: group, train: [a], validation: 0.25, test: 7, seed: 5}}
            """
        let configuration = try Self.configuration(yaml)
        let again = try ArrayConfiguration(
            Document(name: "again", root: configuration.document).cursor)
        #expect(again == configuration)
    }

    @Test("a source is never overwritten by its own collection")
    func ownSource() throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "images.h5")
        try ArrayFixture.images(to: source)
        let before = try Data(contentsOf: source)
        #expect(throws: ArrayError.self) {
            try Self.build([source], "labels: label", to: folder.url.appending(path: "images.json"))
        }
        #expect(try Data(contentsOf: source) == before)
    }

    @Test("images of other sizes, colors or damaged ones are refused by their file")
    func badImages() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "set/a")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        func image(_ rows: Int, _ channels: Int) -> [UInt8] {
            RasterImage(
                rows: rows, columns: 4, channels: channels,
                pixels: Array(repeating: 3, count: rows * 4 * channels)
            ).png
        }
        let good = image(4, 1)
        try Data(good).write(to: place.appending(path: "1.png"))
        for bytes in [image(5, 1), image(4, 3), Array(good.dropLast(20)), [], Array("PNG".utf8)] {
            try Data(bytes).write(to: place.appending(path: "2.png"))
            let fault = #expect(throws: ArrayError.self) {
                try Self.build(
                    [folder.url.appending(path: "set")], "{}",
                    to: folder.url.appending(path: "study.json"))
            }
            #expect(fault?.place.file?.hasSuffix("2.png") == true)
        }
        #expect(
            !FileManager.default.fileExists(atPath: folder.url.appending(path: "study.h5").path()))
    }

    // MARK: Damage

    @Test("an audit finds changed samples, and a class in two splits")
    func audit() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url)
        let url = collection.manifestURL
        var text = try String(contentsOf: url, encoding: .utf8)
        let (own, other) = (
            collection.manifest.classes[0].sha256, collection.manifest.classes[1].sha256
        )
        text = text.replacing(own, with: other)
        try Data(text.utf8).write(to: url)
        let changed = try ArrayAudit.audit(url)
        #expect(changed.violations.map(\.check) == [.hashes])
        #expect(changed.violations[0].name == "0")
        // Two classes of the same samples, one for training and one for testing.
        let source = folder.url.appending(path: "twins.csv")
        try Data("k,a\nx,1\nx,2\ny,1\ny,2\nz,5\n".utf8).write(to: source)
        let twins = folder.url.appending(path: "twins.json")
        _ = try Self.build([source], "{labels: k, split: {test: [y]}}", to: twins)
        let audit = try ArrayAudit.audit(twins)
        #expect(audit.violations.map(\.check) == [.splits])
        #expect(audit.notes.count == 1 && audit.notes[0].contains("2 samples"))
    }

    @Test("a collection whose file was changed or replaced is not opened")
    func damaged() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url)
        var bytes = try Data(contentsOf: collection.fileURL)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: collection.fileURL)
        let fault = #expect(throws: ArrayError.self) {
            try ArrayCollection.open(collection.manifestURL)
        }
        #expect(fault?.kindName == "hash_mismatch")
        try FileManager.default.removeItem(at: collection.fileURL)
        #expect(throws: ArrayError.self) { try ArrayCollection.open(collection.manifestURL) }
    }

    @Test(
        "a manifest that contradicts itself or its file is refused",
        arguments: [
            (#""rotations" : "none""#, #""rotations" : "half""#),
            (#""path" : "study.h5""#, #""path" : "../study.h5""#),
            (#""name" : "11""#, #""name" : "10""#), (#""samples" : 6"#, #""samples" : 7"#),
            (#""kind" : "image""#, #""kind" : "vector""#),
            (#""format_version" : 1"#, #""format_version" : 2"#),
            (#""split" : "train""#, #""split" : "training""#),
        ])
    func manifestFaults(from: String, to: String) throws {
        let folder = try TemporaryFolder()
        let url = try ArrayFixture.collection(in: folder.url).manifestURL
        let text = try String(contentsOf: url, encoding: .utf8)
        let changed = text.replacing(from, with: to, maxReplacements: 1)
        guard changed != text else {
            Issue.record("\(from) is not in the manifest")
            return
        }
        try Data(changed.utf8).write(to: url)
        #expect(throws: (any Error).self) { try ArrayCollection.open(url) }
    }

    @Test(
        "Omniglot's 1,623 characters of 50 alphabets become classes",
        .enabled(
            if: SharedMaterial.isPresent("data/omniglot/omniglot28.h5"), "needs Omniglot beside"))
    func omniglot() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "omniglot.json")
        let manifest = try Self.build(
            [SharedMaterial.url("data/omniglot/omniglot28.h5")],
            """
            {samples: image, labels: character, names: character_name, groups: alphabet,
             group_names: alphabet_name, split: {column: background, validation: 100}, rotations: all}
            """, to: url)
        #expect(manifest.classes.count == 1_623 && manifest.groups.count == 50)
        let counts = EpisodeSplit.allCases.map { split in
            manifest.classes.count { $0.split == split }
        }
        #expect(counts == [864, 100, 659])
        #expect(try ArrayAudit.audit(url).violations.isEmpty)
        let source = try ArrayCollection.open(url).episodes(
            by: ArrayFixture.settings {
                $0.ways = 20
                $0.shots = 5
                $0.queries = 15
            })
        #expect(source.knownClassNames.count == 3_456)
        #expect(try source.episode("train/1").query.count == 300)
    }
}
