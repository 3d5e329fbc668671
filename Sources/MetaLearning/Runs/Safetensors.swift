package import Autodiff
private import Documents

/// Named tensors as they lie in a `.safetensors` file.
///
/// The format: eight bytes with the header's length, little-endian; the header, a JSON object of
/// names with `dtype`, `shape` and `data_offsets`; then the numbers, little-endian and without
/// gaps. `__metadata__` holds texts.
package struct Safetensors: Sendable, Hashable {
    /// What a tensor's elements are.
    package enum ElementType: String, Sendable, Hashable, CaseIterable {
        /// 64-bit floating point.
        case float64 = "F64"
        /// 32-bit floating point.
        case float32 = "F32"
        /// 16-bit floating point.
        case float16 = "F16"
        /// 16-bit floating point with the exponent of `float32`.
        case bfloat16 = "BF16"
        /// 64-bit integer.
        case int64 = "I64"
        /// 32-bit integer.
        case int32 = "I32"
        /// 16-bit integer.
        case int16 = "I16"
        /// 8-bit integer.
        case int8 = "I8"
        /// 64-bit integer without sign.
        case uint64 = "U64"
        /// 32-bit integer without sign.
        case uint32 = "U32"
        /// 16-bit integer without sign.
        case uint16 = "U16"
        /// 8-bit integer without sign.
        case uint8 = "U8"
        /// One byte, 0 or 1.
        case boolean = "BOOL"

        /// Bytes of an element.
        package var byteCount: Int {
            switch self {
            case .float64, .int64, .uint64: 8
            case .float32, .int32, .uint32: 4
            case .float16, .bfloat16, .int16, .uint16: 2
            case .int8, .uint8, .boolean: 1
            }
        }
    }

    /// One tensor.
    package struct Entry: Sendable, Hashable {
        /// The name that the file gives it.
        package let name: String
        /// What its elements are.
        package let type: ElementType
        /// Its extents.
        package let shape: Shape
        /// Its numbers, little-endian, in row-major order.
        let bytes: [UInt8]
    }

    /// The tensors in the order of the file's numbers.
    package private(set) var entries: [Entry] = []
    /// Texts about the file, by name.
    package var metadata: [String: String]

    /// Creates an empty set of tensors.
    ///
    /// - Parameter metadata: Texts about it.
    package init(metadata: [String: String] = [:]) {
        self.metadata = metadata
    }

    /// Adds a tensor, or takes the place of the one of that name.
    package mutating func set<Scalar: TensorScalar>(_ name: String, to tensor: Tensor<Scalar>) {
        let isDouble = Scalar.self == Double.self
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tensor.elements.count * (isDouble ? 8 : 4))
        for element in tensor.elements {
            if isDouble {
                bytes.appendLittleEndian(Double(element).bitPattern)
            } else {
                bytes.appendLittleEndian(Float(element).bitPattern)
            }
        }
        set(
            Entry(
                name: name, type: isDouble ? .float64 : .float32, shape: tensor.shape, bytes: bytes)
        )
    }

    /// Adds a vector of unsigned integers, or takes the place of the tensor of that name.
    package mutating func set(_ name: String, to integers: [UInt64]) {
        var bytes: [UInt8] = []
        for integer in integers { bytes.appendLittleEndian(integer) }
        set(Entry(name: name, type: .uint64, shape: [integers.count], bytes: bytes))
    }

    /// Adds an entry, or takes the place of the one of its name.
    mutating func set(_ entry: Entry) {
        if let index = entries.firstIndex(where: { $0.name == entry.name }) {
            entries[index] = entry
        } else {
            entries.append(entry)
        }
    }

    /// Takes a tensor out.
    ///
    /// - Parameter name: Its name; nothing happens when there is none of it.
    package mutating func remove(_ name: String) {
        entries.removeAll { $0.name == name }
    }

    /// A tensor of floating-point numbers, converted when it has the other precision.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - file: The file's name, for messages.
    /// - Returns: The tensor.
    /// - Throws: ``MetaLearningError`` when it is missing or not `F32` or `F64`.
    package func tensor<Scalar: TensorScalar>(
        _ name: String, in file: String
    ) throws(MetaLearningError) -> Tensor<Scalar> {
        let entry = try entry(name, in: file)
        let elements: [Scalar] =
            switch entry.type {
            case .float64:
                entry.bytes.littleEndianIntegers(of: UInt64.self).map {
                    Scalar(Double(bitPattern: $0))
                }
            case .float32:
                entry.bytes.littleEndianIntegers(of: UInt32.self).map {
                    Scalar(Float(bitPattern: $0))
                }
            default: throw wrongType(entry, expected: "F32 or F64", in: file)
            }
        return Tensor(shape: entry.shape, elements: elements)
    }

    /// A tensor of integers.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - file: The file's name, for messages.
    /// - Returns: Its elements in row-major order.
    /// - Throws: ``MetaLearningError`` when it is missing, not `I64`, `U64`, `I32` or `U8`, or a
    ///   number is too large.
    package func integers(
        _ name: String, in file: String
    ) throws(MetaLearningError) -> [Int] {
        let entry = try entry(name, in: file)
        switch entry.type {
        case .uint8: return entry.bytes.map(Int.init)
        case .int32:
            return entry.bytes.littleEndianIntegers(of: UInt32.self).map {
                Int(Int32(bitPattern: $0))
            }
        case .int64:
            return entry.bytes.littleEndianIntegers(of: UInt64.self).map {
                Int(Int64(bitPattern: $0))
            }
        default: throw wrongType(entry, expected: "I64, I32 or U8", in: file)
        }
    }

    /// A vector of unsigned 64-bit integers.
    func unsignedIntegers(
        _ name: String, in file: String
    ) throws(MetaLearningError) -> [UInt64] {
        let entry = try entry(name, in: file)
        guard entry.type == .uint64 else { throw wrongType(entry, expected: "U64", in: file) }
        return entry.bytes.littleEndianIntegers(of: UInt64.self)
    }

    /// A tensor as it lies in the file.
    private func entry(
        _ name: String, in file: String
    ) throws(MetaLearningError) -> Entry {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw MetaLearningError(.missingTensor(name), at: file)
        }
        return entry
    }

    private func wrongType(
        _ entry: Entry, expected: String, in file: String
    ) -> MetaLearningError {
        MetaLearningError(
            .outOfRange(expected: "elements of \(expected)", found: entry.type.rawValue),
            at: "\(file): tensor \(entry.name)")
    }
}

extension [UInt8] {
    /// Appends an integer's bytes, the lowest first.
    mutating func appendLittleEndian<Integer: FixedWidthInteger & UnsignedInteger>(
        _ value: Integer
    ) {
        var rest = value
        for _ in 0..<Integer.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// The bytes as integers, the lowest byte of each first.
    func littleEndianIntegers<Integer: FixedWidthInteger & UnsignedInteger>(
        of type: Integer.Type
    ) -> [Integer] {
        let width = Integer.bitWidth / 8
        return (0..<count / width).map { index in
            var value: Integer = 0
            for place in 0..<width {
                value |= Integer(self[index * width + place]) << Integer(8 * place)
            }
            return value
        }
    }
}
