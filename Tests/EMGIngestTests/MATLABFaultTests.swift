import Documents
import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Broken MATLAB files")
struct MATLABFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: String
        let words: String
        let make: @Sendable (MATLABFileBytes) -> [UInt8]

        init(
            _ name: String, _ kind: String, _ words: String,
            _ make: @escaping @Sendable (MATLABFileBytes) -> [UInt8]
        ) {
            testDescription = name
            self.kind = kind
            self.words = words
            self.make = make
        }
    }

    static func only(_ elements: [UInt8]...) -> [UInt8] {
        var file = MATLABFileBytes()
        file.elements = elements
        return file.bytes
    }

    static let faults: [Fault] = [
        Fault("lengths that differ by a third", "inconsistent", "lengths that differ") { _ in
            MATLABFileBytes.ninapro(labels: 200).bytes
        },
        Fault("an element that claims 2 GiB", "inconsistent", "bytes that are left") { good in
            var bytes = good.bytes
            bytes.replaceSubrange(132..<136, with: [0xFF, 0xFF, 0xFF, 0x7F])
            return bytes
        },
        Fault("a file that was cut", "inconsistent", "bytes that are left") {
            Array($0.bytes.dropLast(20))
        },
        Fault("a header alone that was cut", "wrong-format", "beginning of a MATLAB file") {
            Array($0.bytes.prefix(100))
        },
        Fault("version 4", "unsupported", "version 4") { file in
            [0, 2, 1, 0, 4].flatMap { file.number($0, bytes: 4) } + Array("emg\0".utf8)
                + [UInt8](repeating: 0, count: 16)
        },
        Fault("no variable of that name", "inconsistent", "a variable \"emg\"") { file in
            only(file.matrix("force", 3, 1, .double, [1, 2, 3]))
        },
        Fault("dimensions beyond the data", "inconsistent", "3000 × 3") { file in
            only(
                file.array(
                    "emg", 6, [3_000, 3], content: file.tagged(9, [UInt8](repeating: 0, count: 80)))
            )
        },
        Fault("dimensions whose product overflows", "malformed", "plausible dimensions") { file in
            only(
                file.array(
                    "emg", 6, [Int](repeating: 2_147_483_647, count: 4), content: []))
        },
        Fault("negative dimensions", "malformed", "plausible dimensions") { file in
            only(file.array("emg", 6, [-1, 3], content: []))
        },
        Fault("no samples", "no-samples", "emg is empty") { file in
            only(file.matrix("emg", 0, 3, .double, []))
        },
        Fault("a cell array", "unsupported", "a cell array") { file in
            only(file.array("emg", 1, [1, 1], content: []))
        },
        Fault("a text", "unsupported", "a text") { file in only(file.text("emg", "abc")) },
        Fault("complex numbers", "unsupported", "complex numbers") { file in
            only(file.matrix("emg", 2, 1, .double, [1, 2], flags: 8))
        },
        Fault("three dimensions", "unsupported", "3 dimensions") { file in
            only(
                file.array(
                    "emg", 9, [2, 2, 2], content: file.tagged(2, [UInt8](repeating: 0, count: 8))))
        },
        Fault("labels with a fraction", "invalid-cell", "0.5") { file in
            only(
                file.matrix("emg", 4, 1, .double, [1, 2, 3, 4]),
                file.matrix("restimulus", 4, 1, .double, [0, 0, 0.5, 0]))
        },
        Fault("samples that may be columns", "inconsistent", "more samples than channels") { file in
            only(file.matrix("emg", 2, 30, .double, [Double](repeating: 0, count: 60)))
        },
        Fault("a compressed stream of another checksum", "malformed", "checksum") { _ in
            var file = MATLABFileBytes.ninapro()
            var element = file.compressed(file.elements[2])
            element[element.count - 1] ^= 1
            file.elements[2] = element
            return file.bytes
        },
        Fault("a compressed stream that ends early", "malformed", "early end") { _ in
            var file = MATLABFileBytes.ninapro()
            let element = file.compressed(Array(file.elements[2].dropLast(64)))
            file.elements[2] = element
            return file.bytes
        },
        Fault("7.3 without HDF5 behind it", "malformed", "HDF5") { _ in
            Array("MATLAB 7.3 MAT-file".utf8) + [UInt8](repeating: 0x20, count: 900)
        },
    ]

    @Test("each fault is named with its place and what to do", arguments: faults)
    func fault(fault: Fault) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.mat")
        try Data(fault.make(.ninapro())).write(to: url)
        let error = #expect(throws: IngestError.self) {
            try MATLABReader().read(url, options: ReadOptions(samplingRateHertz: 100))
        }
        #expect(error?.kind.name == fault.kind, "\(String(describing: error))")
        #expect(error?.description.contains(fault.words) == true, "\(String(describing: error))")
        #expect(error?.hint.isEmpty == false)
        #expect(error?.location.file.hasSuffix("a.mat") == true)
    }

    @Test("damage never crashes", arguments: 0..<50)
    func mutations(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed), stream: "matlab")
        let folder = try TemporaryFolder()
        let good = MATLABFileBytes.ninapro(
            samples: 80, isBigEndian: seed % 4 == 1, isCompressed: seed.isMultiple(of: 2)
        ).bytes
        let url = folder.url.appending(path: "a.mat")
        for _ in 0..<40 {
            var bytes = good
            for _ in 0...random.integer(below: 5) {
                bytes[random.integer(below: bytes.count)] =
                    random.integer(below: 2) == 0
                    ? UInt8(random.integer(below: 256)) : UInt8(random.integer(below: 18))
            }
            if random.integer(below: 5) == 0 {
                bytes.removeLast(random.integer(below: bytes.count))
            }
            try Data(bytes).write(to: url)
            do {
                #expect(try MATLABReader().read(url).recording.sampleCount > 0)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    // MARK: - Files of other programs

    @Test(
        "Ninapro's layout as scipy wrote it",
        .enabled(
            if: SharedMaterial.isPresent("golden/formats/ninapro_v5.mat"),
            "the shared files golden/formats are not beside this checkout"),
        arguments: ["ninapro_v5.mat", "ninapro_v5_compressed.mat"])
    func golden(name: String) throws {
        let manifest = try Document(
            contentsOf: SharedMaterial.url("golden/formats/manifest.json"))
        let entry = try #require(
            try manifest.cursor.array().map { try $0.object() }.first {
                try $0.optional("file")?.string() == "formats/\(name)"
            })
        let url = SharedMaterial.url("golden/formats/\(name)")
        let recording = try ReaderConformance.check(MATLABReader(), url).recording
        #expect(recording.sampleCount == 2_000)
        #expect(recording.channels.count == 10)
        for (channel, value) in try entry.required("emg_row0").array().enumerated() {
            #expect(Double(recording.samples[0, channel]) == (try value.number()))
        }
        let labels = try #require(recording.labels)
        #expect(labels.classNames == ["1", "2", "rest"])
        let counts = try entry.required("restimulus_counts").object()
        for (value, name) in [("0", "rest"), ("1", "1"), ("2", "2")] {
            #expect(
                labels.values.count { labels.classNames[Int($0)] == name }
                    == (try counts.required(value).integer()))
        }
    }

    @Test(
        "damage in a deflated file never crashes",
        .enabled(
            if: SharedMaterial.isPresent("golden/formats/ninapro_v5_compressed.mat"),
            "the shared files golden/formats are not beside this checkout"),
        arguments: 0..<20)
    func deflatedMutations(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed), stream: "matlab-deflated")
        let good = [UInt8](
            try Data(
                contentsOf: SharedMaterial.url("golden/formats/ninapro_v5_compressed.mat")))
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.mat")
        for _ in 0..<20 {
            var bytes = good
            for _ in 0...random.integer(below: 3) {
                // The first bytes of a stream have its codes.
                let place = random.integer(below: random.integer(below: 2) == 0 ? 700 : good.count)
                bytes[place] = UInt8(random.integer(below: 256))
            }
            try Data(bytes).write(to: url)
            do {
                let options = ReadOptions(samplingRateHertz: 100)
                #expect(try MATLABReader().read(url, options: options).recording.sampleCount > 0)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test(
        "level 7.3 as MATLAB lays it out",
        .enabled(
            if: SharedMaterial.isPresent("golden/formats/matlab_v73_like.mat"),
            "the shared files golden/formats are not beside this checkout"))
    func golden73() throws {
        let url = SharedMaterial.url("golden/formats/matlab_v73_like.mat")
        let recording = try ReaderConformance.check(
            MATLABReader(), url, options: ReadOptions(samplingRateHertz: 2_000)
        ).recording
        #expect(recording.sampleCount == 1_000)
        #expect(recording.channels.count == 8)
        #expect(recording.samples[0, 0] == Float(-100.99799226708538))
        #expect(recording.samples[0, 7] == Float(156.59392000322245))
    }

    @Test(
        "broken files get the answer that the corpus asks for",
        .enabled(
            if: SharedMaterial.isPresent("golden/bad/mat"),
            "the shared corpus golden/bad/mat is not beside this checkout"),
        arguments: [
            ("00_good_v5", ""), ("02_element_length_lies", "inconsistent"),
            ("04_length_mismatch", "inconsistent"), ("06_v4", "unsupported"),
        ])
    func corpus(name: String, kind: String) throws {
        let url = SharedMaterial.url("golden/bad/mat/\(name).mat")
        do {
            let outcome = try MATLABReader().read(
                url, options: ReadOptions(samplingRateHertz: 1_000))
            #expect(kind.isEmpty)
            #expect(outcome.recording.sampleCount == 500)
            #expect(outcome.recording.channels.count == 2)
        } catch {
            #expect(error.kind.name == kind, "\(error)")
            #expect(!error.hint.isEmpty)
        }
    }
}
