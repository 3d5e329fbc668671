import Autodiff
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Safetensors files")
struct SafetensorsTests {
    @Test("what is written is read back, bit by bit")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.safetensors")
        var tensors = Safetensors(metadata: ["note": "a \"quoted\" \\ text\n", "k": "v"])
        let single: [Float] = [1.5, -0.0, .leastNonzeroMagnitude, 3.402_823_4e38]
        tensors.set("weight", to: Tensor(shape: [2, 2], elements: single))
        tensors.set("double", to: Tensor(shape: [1], elements: [Double.pi]))
        tensors.set("scalar", to: Tensor(Float(7)))
        tensors.set("empty", to: Tensor<Float>(shape: [0, 3], elements: []))
        try tensors.write(to: file)

        let read = try Safetensors(contentsOf: file)
        #expect(read.metadata == tensors.metadata)
        #expect(read.entries.map(\.name).sorted() == ["double", "empty", "scalar", "weight"])
        let weight: Tensor<Float> = try read.tensor("weight", in: "")
        #expect(weight.shape == [2, 2])
        #expect(weight.elements.map(\.bitPattern) == single.map(\.bitPattern))
        let double: Tensor<Double> = try read.tensor("double", in: "")
        #expect(double.elements == [Double.pi])
        let scalar: Tensor<Float> = try read.tensor("scalar", in: "")
        #expect(scalar.shape == .scalar)
        #expect(try Safetensors(bytes: read.bytes, name: "again") == read)
    }

    @Test("the header is as the format has it and the numbers start at a multiple of eight")
    func layout() throws {
        var tensors = Safetensors()
        tensors.set("x", to: Tensor(shape: [2], elements: [Float(1), 2]))
        let bytes = tensors.bytes
        let header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
        #expect(String(decoding: bytes[8..<8 + header.count], as: UTF8.self) == header)
        #expect(bytes.count == 8 + (header.count + 7) / 8 * 8 + 8)
        #expect(Array(bytes.suffix(8)) == [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40])
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let mentions: String
        var testDescription: String { name }

        init(_ name: String, header: String, numbers: Int, mentions: String) {
            self.init(
                name,
                bytes: Self.length(header.utf8.count) + Array(header.utf8)
                    + [UInt8](repeating: 0, count: numbers),
                mentions: mentions)
        }

        init(_ name: String, bytes: [UInt8], mentions: String) {
            self.name = name
            self.bytes = bytes
            self.mentions = mentions
        }

        static func length(_ count: Int) -> [UInt8] {
            (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        }

        static func tensor(_ type: String, _ shape: String, _ offsets: String) -> String {
            "{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
        }
    }

    static let broken: [Broken] = [
        Broken("an empty file", bytes: [], mentions: "eight bytes"),
        Broken("a cut length", bytes: [1, 0, 0], mentions: "3 bytes"),
        Broken(
            "a header longer than the file", bytes: Broken.length(1_000) + [123, 125],
            mentions: "a length of 1000"),
        Broken(
            "a length beyond any integer", bytes: [UInt8](repeating: 255, count: 8) + [123, 125],
            mentions: "18446744073709551615"),
        Broken("a header that is not JSON", header: "{\"x\":", numbers: 0, mentions: "header"),
        Broken("a header that is a list", header: "[]", numbers: 0, mentions: "an object"),
        Broken(
            "an unknown element type", header: "{\"x\":\(Broken.tensor("F13", "[1]", "[0,4]"))}",
            numbers: 4, mentions: "one of F64"),
        Broken(
            "a negative extent", header: "{\"x\":\(Broken.tensor("F32", "[-1]", "[0,4]"))}",
            numbers: 4, mentions: "shape"),
        Broken(
            "extents that overflow",
            header: "{\"x\":\(Broken.tensor("F32", "[4294967296,4294967296,4]", "[0,4]"))}",
            numbers: 4, mentions: "an extent that fits"),
        Broken(
            "offsets beyond the file", header: "{\"x\":\(Broken.tensor("F32", "[2]", "[0,8]"))}",
            numbers: 4, mentions: "data_offsets"),
        Broken(
            "offsets the wrong way round",
            header: "{\"x\":\(Broken.tensor("F32", "[0]", "[4,0]"))}", numbers: 4,
            mentions: "0 bytes apart"),
        Broken(
            "offsets that do not fit the shape",
            header: "{\"x\":\(Broken.tensor("F32", "[1]", "[0,8]"))}", numbers: 8,
            mentions: "4 bytes apart"),
        Broken(
            "tensors that overlap",
            header: "{\"x\":\(Broken.tensor("F32", "[2]", "[0,8]")),"
                + "\"y\":\(Broken.tensor("F32", "[1]", "[4,8]"))}",
            numbers: 8, mentions: "right after"),
        Broken(
            "a gap between tensors",
            header: "{\"x\":\(Broken.tensor("F32", "[1]", "[0,4]")),"
                + "\"y\":\(Broken.tensor("F32", "[1]", "[8,12]"))}",
            numbers: 12, mentions: "right after"),
        Broken(
            "bytes of no tensor", header: "{\"x\":\(Broken.tensor("F32", "[1]", "[0,4]"))}",
            numbers: 5, mentions: "1 byte of no tensor"),
        Broken(
            "a tensor twice",
            header: "{\"x\":\(Broken.tensor("F32", "[0]", "[0,0]")),"
                + "\"x\":\(Broken.tensor("F32", "[0]", "[0,0]"))}",
            numbers: 0, mentions: "twice"),
        Broken(
            "metadata that is not text", header: "{\"__metadata__\":{\"a\":1}}", numbers: 0,
            mentions: "a text"),
    ]

    @Test("a broken file is refused and the fault is named", arguments: broken)
    func refusal(_ file: Broken) {
        let error = #expect(throws: MetaLearningError.self) {
            try Safetensors(bytes: file.bytes, name: "b.safetensors")
        }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("b.safetensors: byte "))
        #expect(text.contains(file.mentions), "\(text)")
    }

    @Test("a missing tensor and one of another type are named")
    func access() throws {
        var tensors = Safetensors()
        tensors.set("counts", to: [1, 2])
        #expect(throws: MetaLearningError(.missingTensor("x"), at: "f")) {
            let _: Tensor<Float> = try tensors.tensor("x", in: "f")
        }
        #expect(throws: MetaLearningError.self) {
            let _: Tensor<Float> = try tensors.tensor("counts", in: "f")
        }
    }

    @Test("a file is replaced as a whole and leaves nothing else behind")
    func replacement() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.safetensors")
        for value in [Float(1), 2] {
            var tensors = Safetensors()
            tensors.set("x", to: Tensor(value))
            try tensors.write(to: file)
        }
        let x: Tensor<Float> = try Safetensors(contentsOf: file).tensor("x", in: "")
        #expect(x.elements == [2])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path())
                == ["a.safetensors"])
    }

    @Test("a file that cannot be written is reported with its reason and leaves nothing behind")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "is-a-folder")
        try FileManager.default.createDirectory(
            at: place.appending(path: "inside"), withIntermediateDirectories: true)
        try Data().write(to: folder.url.appending(path: "file"))
        for target in [place, folder.url.appending(path: "file/a.safetensors")] {
            let error = #expect(throws: MetaLearningError.self) {
                try Safetensors().write(to: target)
            }
            guard case .inputOutput(let reason)? = error?.kind else {
                Issue.record("unexpected \(String(describing: error))")
                continue
            }
            #expect(reason.hasPrefix("cannot be ") && reason.count > 20)
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted()
                == ["file", "is-a-folder"])
    }
}
