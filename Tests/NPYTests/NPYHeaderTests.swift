import Foundation
import NPY
import TestSupport
import Testing

@Suite("Headers of NumPy arrays")
struct NPYHeaderTests {
    @Test(
        "what is written reads as the same",
        arguments: [NPYType.float32, .float64, .int64], [[], [7], [3, 4], [1 << 40, 2, 1]])
    func roundTrip(type: NPYType, shape: [Int]) throws {
        let bytes = NPYHeader.bytes(of: type, shape: shape)
        #expect(bytes.count.isMultiple(of: 64))
        let size = shape.reduce(type.byteCount, *)
        let header = try NPYHeader(bytes, byteCount: bytes.count + size)
        #expect(header.type == type && header.shape == shape && !header.isColumnMajor)
        #expect(header.dataStart == bytes.count)
        try header.check(byteCount: bytes.count + size)
        let fault = #expect(throws: NPYError.self) { try header.check(byteCount: bytes.count) }
        #expect(
            fault?.kind
                == .size(
                    expected:
                        "\(shape.map(String.init).joined(separator: " × ")) numbers of "
                        + "\(type.byteCount) bytes", found: "0 bytes"))
    }

    @Test(
        "numbers of every type are read",
        arguments: [
            ("<f4", [0x00, 0x00, 0xC0, 0x3F], [1.5]), (">f4", [0x3F, 0xC0, 0x00, 0x00], [1.5]),
            ("<f8", [0, 0, 0, 0, 0, 0, 0xF8, 0xBF], [-1.5]), ("|i1", [0xFF, 0x7F], [-1, 127]),
            ("<i2", [0xFE, 0xFF, 0x01, 0x00], [-2, 1]), (">u2", [0xFF, 0xFE], [65_534]),
            ("<u4", [0xFF, 0xFF, 0xFF, 0xFF], [4_294_967_295]),
            (">i8", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFD], [-3]),
            ("|u1", [0x80], [128]),
        ] as [(String, [UInt8], [Double])])
    func numbers(name: String, bytes: [UInt8], wanted: [Double]) throws {
        let type = try #require(NPYType(name))
        #expect(type.description == name)
        #expect(type.numbers(in: Data(bytes)) == wanted)
        // Bytes that are a part of others do not begin at 0.
        #expect(type.numbers(in: Data([9] + bytes).dropFirst()) == wanted)
    }

    @Test(
        "types that are not read have no name",
        arguments: ["", "f4", "<f2", "<f16", "<c8", "|b1", "<u8", "|O", "<U3", "<i3", "<ff", "<i"])
    func otherTypes(name: String) {
        #expect(NPYType(name) == nil)
    }

    private static func bytes(_ text: String, version: UInt8 = 1) -> [UInt8] {
        let length = UInt32(text.utf8.count)
        let size = (0..<(version == 1 ? 2 : 4)).map { UInt8(length >> (8 * $0) & 255) }
        return NPYHeader.magic + [version, 0] + size + text.utf8
    }

    @Test("headers of later versions and other orders are read", arguments: [1, 2, 3] as [UInt8])
    func versions(version: UInt8) throws {
        let bytes = Self.bytes(
            "{'fortran_order':True,'shape':(2,3),'descr':'>i4'}\n", version: version)
        let header = try NPYHeader(bytes, byteCount: bytes.count + 24)
        #expect(header.isColumnMajor && header.shape == [2, 3])
        #expect(header.type == NPYType(">i4"))
        try header.check(byteCount: bytes.count + 24)
    }

    @Test(
        "what is no header is refused",
        arguments: [
            ([], .empty), (Array("PK\u{3}\u{4}aaaaaaaaaaaa".utf8), .otherFormat),
            (Array(NPYHeader.magic), .otherFormat),
            (bytes("{}            ", version: 4), .version(4)),
            (
                bytes("{'shape': (1,)}"),
                .malformed(expected: "a number type", found: "{'shape': (1,)}")
            ),
            (bytes("{'descr': '<c8', 'shape': (1,)}"), .type("<c8")),
            (bytes("{'descr': '<f4'}"), .malformed(expected: "a shape", found: "{'descr': '<f4'}")),
            (
                bytes("{'descr': '<f4', 'shape': (-1,)}"),
                .malformed(expected: "a shape", found: "{'descr': '<f4', 'shape': (-1,)}")
            ),
            (
                Array(bytes("{'descr': '<f4', 'shape': (1,)}").dropLast()),
                .malformed(expected: "a header of 31 bytes", found: "40 bytes in all")
            ),
        ] as [([UInt8], NPYError.Kind)])
    func faults(bytes: [UInt8], kind: NPYError.Kind) {
        let error = #expect(throws: NPYError.self) {
            try NPYHeader(bytes, byteCount: bytes.count)
        }
        #expect(error?.kind == kind)
    }

    @Test("a shape of more numbers than there are is no trap")
    func overflow() throws {
        let bytes = NPYHeader.bytes(of: .float64, shape: [Int.max, Int.max])
        let header = try NPYHeader(bytes, byteCount: bytes.count)
        #expect(throws: NPYError.self) { try header.check(byteCount: bytes.count) }
    }

    @Test(
        "NumPy reads what is written",
        .enabled(if: Python.has(module: "numpy"), "needs Python with NumPy"))
    func python() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a.npy")
        let numbers: [Float] = [0, 1, 2, 3, 4, 5.5]
        var data = Data(NPYHeader.bytes(of: .float32, shape: [2, 3]))
        for number in numbers {
            for shift in [0, 8, 16, 24] as [UInt32] {
                data.append(UInt8(number.bitPattern >> shift & 255))
            }
        }
        try data.write(to: file)
        let result = try Python.run(
            "import numpy, sys; a = numpy.load(sys.argv[1]); print(a.dtype.str, a.tolist())",
            arguments: [file.path(percentEncoded: false)])
        #expect(result.output == "<f4 [[0.0, 1.0, 2.0], [3.0, 4.0, 5.5]]\n")
    }
}
