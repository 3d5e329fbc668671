import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Files of the Myo armband")
struct MyoReaderTests {
    private func bytes(rows: Int, first: Int) -> Data {
        var data = Data()
        for index in 0..<rows * 8 {
            let value = UInt16(bitPattern: Int16((first + index) % 256 - 128))
            data.append(UInt8(value & 0xFF))
            data.append(UInt8(value >> 8))
        }
        return data
    }

    @Test("a folder is one recording of gestures in cycles, cut between the files")
    func folder() throws {
        let folder = try TemporaryFolder()
        let session = folder.url.appending(path: "Female0/training0")
        try FileManager.default.createDirectory(at: session, withIntermediateDirectories: true)
        for number in 0..<14 {
            try bytes(rows: 20, first: number).write(
                to: session.appending(path: "classe_\(number).dat"))
        }
        let outcome = try ReaderConformance.check(MyoReader(), session, isFolder: true)
        let recording = outcome.recording
        #expect(recording.identity.id == "Female0/training0/gestures")
        #expect(recording.sampleCount == 280)
        #expect(recording.samples[20, 0] == -127)
        #expect(recording.labels?.runs.map(\.label) == (0..<14).map { UInt8($0 % 7) })
        #expect(
            recording.quality.filter { $0.kind == .gap }.map(\.range.start)
                == (1..<14).map { $0 * 20 })
        #expect(recording.samplingRate.hertz == 200)
        #expect(
            recording.history.first?.parameters["sampling_rate_from"]
                == .text("assumed: the armband has one rate"))
    }

    @Test("part of a sample at the end is an error that counts its channels")
    func cutOff() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "classe_3.dat")
        try (bytes(rows: 5, first: 0) + Data([1, 0, 2, 0, 3, 0])).write(to: file)
        let error = #expect(throws: IngestError.self) { try MyoReader().read(file) }
        #expect(error?.description.contains("3 of 8 channels") == true)
        #expect(error?.location.byte == 80)
    }

    @Test(
        "two people are read as the device wrote them",
        .enabled(
            if: SharedMaterial.isPresent("data/myo"),
            "the shared recordings data/myo are not beside this checkout"))
    func real() throws {
        let found = SourceSearch.search([SharedMaterial.url("data/myo")], registry: .standard)
        #expect(found.sources.count == 2)
        for source in found.sources {
            let recording = try MyoReader().read(source.url).recording
            #expect(recording.samples.values.allSatisfy { $0 >= -128 && $0 <= 127 })
            #expect(Set(recording.labels?.values ?? []).count == 7)
        }
    }
}

@Suite("NumPy arrays")
struct NumpyReaderTests {
    private func file(
        _ header: String, _ data: Data, version: UInt8 = 1,
        in folder: borrowing TemporaryFolder
    ) throws -> URL {
        var bytes = Data([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, version, 0])
        let text = Data((header + "\n").utf8)
        bytes.append(UInt8(text.count & 0xFF))
        bytes.append(UInt8(text.count >> 8))
        if version > 1 { bytes.append(contentsOf: [0, 0]) }
        let url = folder.url.appending(path: "p1_a.npy")
        try (bytes + text + data).write(to: url)
        return url
    }

    private func header(_ type: String, _ shape: String, fortran: Bool = false) -> String {
        "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
    }

    @Test("rows of label and channels are read in every order and type")
    func types() throws {
        let folder = try TemporaryFolder()
        let options = ReadOptions(samplingRateHertz: 200)
        let rows = [[0, 5, -6], [1, 7, 8], [2, -9, 10]]
        func int16(_ values: [Int], bigEndian: Bool) -> Data {
            Data(
                values.flatMap { value -> [UInt8] in
                    let bits = UInt16(bitPattern: Int16(value))
                    let pair = [UInt8(bits & 0xFF), UInt8(bits >> 8)]
                    return bigEndian ? pair.reversed() : pair
                })
        }
        let columns = (0..<3).flatMap { column in rows.map { $0[column] } }
        for (type, fortran, data) in [
            ("<i2", false, int16(rows.flatMap { $0 }, bigEndian: false)),
            (">i2", false, int16(rows.flatMap { $0 }, bigEndian: true)),
            ("<i2", true, int16(columns, bigEndian: false)),
            (
                "<f8", false,
                Data(
                    rows.flatMap { $0 }.flatMap { value in
                        let bits = Double(value).bitPattern
                        return (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
                    })
            ),
        ] {
            let url = try file(header(type, "(3, 3)", fortran: fortran), data, in: folder)
            let recording = try ReaderConformance.check(NumpyReader(), url, options: options)
                .recording
            #expect(recording.samples.values == [5, -6, 7, 8, -9, 10])
            #expect(recording.labels?.values == [0, 1, 2])
            #expect(recording.labels?.classNames == ["relax", "open", "close"])
        }
        let url = try file(
            header("<i2", "(3, 3)"), int16(rows.flatMap { $0 }, bigEndian: false), version: 2,
            in: folder)
        #expect(try NumpyReader().read(url, options: options).recording.sampleCount == 3)
        #expect(throws: IngestError.self) { try NumpyReader().read(url) }
    }

    @Test(
        "headers that lie are refused before anything is read",
        arguments: [
            "(3, 4)", "(9223372036854775807, 9223372036854775807)", "(3,)", "()", "(0, 3)",
            "(3, 3, 1)", "(-3, 3)", "(x, 3)",
        ])
    func lies(shape: String) throws {
        let folder = try TemporaryFolder()
        let url = try file(header("<i2", shape), Data(count: 18), in: folder)
        #expect(throws: IngestError.self) {
            try NumpyReader().read(url, options: ReadOptions(samplingRateHertz: 200))
        }
    }

    @Test("objects are never unpickled", arguments: ["|O", "|S4", "<c8", "[('a', '<f4')]"])
    func objects(type: String) throws {
        let folder = try TemporaryFolder()
        let url = try file(header(type, "(3, 3)"), Data(count: 72), in: folder)
        #expect(throws: IngestError.self) {
            try NumpyReader().read(url, options: ReadOptions(samplingRateHertz: 200))
        }
    }
}
