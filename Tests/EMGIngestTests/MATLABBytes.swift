import Foundation

/// A MATLAB file of level 5 put together element by element, by the letter of "MAT-File Format".
struct MATLABFileBytes {
    var isBigEndian = false
    var elements: [[UInt8]] = []

    /// How numbers are stored: class of the array, kind of the data, bytes of each.
    enum Storage: Sendable {
        case int8, uint8, int16, int32, single, double
        /// An array of doubles whose numbers are stored as bytes, as MATLAB does to save room.
        case doubleInBytes

        var codes: (arrayClass: Int, kind: Int) {
            switch self {
            case .int8: (8, 1)
            case .uint8: (9, 2)
            case .int16: (10, 3)
            case .int32: (12, 5)
            case .single: (7, 7)
            case .double: (6, 9)
            case .doubleInBytes: (6, 2)
            }
        }
    }

    func number(_ value: Int, bytes: Int) -> [UInt8] {
        let little = (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return isBigEndian ? little.reversed() : little
    }

    func tagged(_ kind: Int, _ data: [UInt8], isSmall: Bool = false) -> [UInt8] {
        if isSmall, data.count <= 4 {
            let word = data.count << 16 | kind
            return number(word, bytes: 4) + data + [UInt8](repeating: 0, count: 4 - data.count)
        }
        let padding = (8 - data.count % 8) % 8
        return number(kind, bytes: 4) + number(data.count, bytes: 4) + data
            + [UInt8](repeating: 0, count: padding)
    }

    func pack(_ value: Double, _ storage: Storage) -> [UInt8] {
        switch storage {
        case .int8, .uint8, .doubleInBytes: number(Int(value), bytes: 1)
        case .int16: number(Int(value), bytes: 2)
        case .int32: number(Int(value), bytes: 4)
        case .single: number(Int(Float(value).bitPattern), bytes: 4)
        case .double: number(Int(bitPattern: UInt(value.bitPattern)), bytes: 8)
        }
    }

    /// A matrix; `values` in the order of the file, column after column.
    func matrix(
        _ name: String, _ rows: Int, _ columns: Int, _ storage: Storage, _ values: [Double],
        flags: Int = 0
    ) -> [UInt8] {
        let (arrayClass, kind) = storage.codes
        return array(
            name, arrayClass, [rows, columns], flags: flags,
            content: tagged(kind, values.flatMap { pack($0, storage) }, isSmall: true))
    }

    func text(_ name: String, _ text: String) -> [UInt8] {
        array(
            name, 4, [1, text.utf16.count],
            content: tagged(4, text.utf16.flatMap { number(Int($0), bytes: 2) }))
    }

    /// An array of structs in a row; the fields of each are matrices without names.
    func structs(_ name: String, _ names: [String], _ rows: [[[UInt8]]]) -> [UInt8] {
        let length = 32
        let padded = names.flatMap {
            Array($0.utf8) + [UInt8](repeating: 0, count: length - $0.utf8.count)
        }
        return array(
            name, 2, [1, rows.count],
            content: tagged(5, number(length, bytes: 4), isSmall: true) + tagged(1, padded)
                + rows.flatMap { $0.flatMap { $0 } })
    }

    /// A struct of one; the fields are matrices without names.
    func fields(_ name: String, _ fields: [(String, [UInt8])]) -> [UInt8] {
        let length = 32
        let names = fields.flatMap { field in
            Array(field.0.utf8) + [UInt8](repeating: 0, count: length - field.0.utf8.count)
        }
        return array(
            name, 2, [1, 1],
            content: tagged(5, number(length, bytes: 4), isSmall: true) + tagged(1, names)
                + fields.flatMap(\.1))
    }

    func array(
        _ name: String, _ arrayClass: Int, _ shape: [Int], flags: Int = 0, content: [UInt8]
    ) -> [UInt8] {
        let head =
            tagged(6, number(flags << 8 | arrayClass, bytes: 4) + number(0, bytes: 4))
            + tagged(5, shape.flatMap { number($0, bytes: 4) })
            + tagged(1, Array(name.utf8), isSmall: true)
        return tagged(14, head + content)
    }

    /// An element in a zlib stream of blocks that are only copied.
    func compressed(_ element: [UInt8]) -> [UInt8] {
        let stream = zlibStored(element)
        return number(15, bytes: 4) + number(stream.count, bytes: 4) + stream
    }

    var bytes: [UInt8] {
        let text = "MATLAB 5.0 MAT-file, made by a test"
        var header = Array(text.utf8) + [UInt8](repeating: 0x20, count: 116 - text.utf8.count)
        header += [UInt8](repeating: 0, count: 8)
        header += number(0x0100, bytes: 2) + number(0x4D49, bytes: 2)
        return header + elements.flatMap { $0 }
    }

    /// Three channels and 300 samples as Ninapro lays them out; `value` gives the samples.
    static func ninapro(
        samples: Int = 300, labels: Int? = nil, isBigEndian: Bool = false,
        isCompressed: Bool = false
    ) -> MATLABFileBytes {
        var file = MATLABFileBytes(isBigEndian: isBigEndian)
        let emg = (0..<3).flatMap { channel in (0..<samples).map { value($0, channel) } }
        let labels = (0..<(labels ?? samples)).map { Double(label($0)) }
        let repetitions = (0..<samples).map { label($0) == 0 ? 0.0 : 1.0 }
        file.elements = [
            file.matrix("subject", 1, 1, .uint8, [7]),
            file.matrix("exercise", 1, 1, .doubleInBytes, [2]),
            file.matrix("emg", samples, 3, .single, emg),
            file.matrix("restimulus", labels.count, 1, .int8, labels),
            file.matrix("rerepetition", samples, 1, .uint8, repetitions),
            file.matrix("frequency", 1, 1, .int16, [2_000]),
        ]
        if isCompressed { file.elements = file.elements.map { file.compressed($0) } }
        return file
    }

    /// A number that single precision holds.
    static func value(_ row: Int, _ channel: Int) -> Double {
        let mixed: Int = row * 7_919 + channel * 104_729 + row * row * 31
        return Double(mixed % 32_003 - 16_001) / 64
    }

    /// 0, then 12, then 0, then 5.
    static func label(_ row: Int) -> Int { [0, 12, 0, 5][row / 75 % 4] }
}
