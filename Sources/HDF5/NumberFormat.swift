private import CHDF5

/// A number as one of the standard types stores it.
struct NumberFormat: Sendable, Hashable {
    /// Which number.
    let type: NumberType
    /// Whether its bytes are the other way round than in memory.
    let isSwapped: Bool

    /// The bytes of a number.
    var width: Int { type.width }

    /// The format of a type of the library; `nil` for other precisions and paddings, and for
    /// types that are no numbers.
    init?(_ type: borrowing Handle, at place: Place) throws(HDF5Error) {
        guard [H5T_INTEGER, H5T_FLOAT].contains(H5Tget_class(type.id)) else { return nil }
        let order = H5Tget_order(type.id)
        let ordinary = H5Tget_order(NumberType.int64.native)
        guard order == H5T_ORDER_LE || order == H5T_ORDER_BE else { return nil }
        let turned = try Handle(
            H5Tcopy(type.id), releasedBy: H5Tclose, "H5Tcopy", at: place)
        try Library.check(H5Tset_order(turned.id, ordinary), "H5Tset_order", at: place)
        let match = NumberType.allCases.first { H5Tequal(turned.id, $0.native) > 0 }
        guard let match else { return nil }
        self.init(type: match, isSwapped: order != ordinary)
    }

    init(type: NumberType, isSwapped: Bool) {
        self.type = type
        self.isSwapped = isSwapped
    }

    /// Gives stored numbers the type that they have in memory.
    ///
    /// - Parameters:
    ///   - source: `count` numbers as they are stored, aligned to nothing.
    ///   - count: How many.
    ///   - target: Room for as many values.
    func convert<Value: Element>(
        _ source: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Value>
    ) {
        if type == Value.numberType {
            let bytes = UnsafeMutableRawPointer(target)
            unsafe bytes.copyMemory(from: source, byteCount: count * width)
            if isSwapped { unsafe Self.swap(bytes, count: count, width: width) }
            return
        }
        switch type {
        case .int8: unsafe widen(source, count, target, Int8.self) { Value(widening: Int64($0)) }
        case .int16: unsafe widen(source, count, target, Int16.self) { Value(widening: Int64($0)) }
        case .int32: unsafe widen(source, count, target, Int32.self) { Value(widening: Int64($0)) }
        case .int64: unsafe widen(source, count, target, Int64.self) { Value(widening: $0) }
        case .uint8: unsafe widen(source, count, target, UInt8.self) { Value(widening: Int64($0)) }
        case .uint16:
            unsafe widen(source, count, target, UInt16.self) { Value(widening: Int64($0)) }
        case .uint32:
            unsafe widen(source, count, target, UInt32.self) { Value(widening: Int64($0)) }
        case .uint64:
            preconditionFailure("no other type holds unsigned 64-bit integers")
        case .float32:
            unsafe widen(source, count, target, UInt32.self) {
                Value(widening: Double(Float(bitPattern: $0)))
            }
        case .float64: preconditionFailure("no other type holds 64-bit floats")
        }
    }

    @inline(__always)
    private func widen<Stored: FixedWidthInteger & BitwiseCopyable, Value: Element>(
        _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutablePointer<Value>,
        _ stored: Stored.Type, _ widened: (Stored) -> Value
    ) {
        let isSwapped = isSwapped
        for index in 0..<count {
            let number = unsafe source.loadUnaligned(
                fromByteOffset: index * MemoryLayout<Stored>.size, as: Stored.self)
            unsafe (target + index).initialize(
                to: widened(isSwapped ? number.byteSwapped : number))
        }
    }

    /// Turns the bytes of each number round.
    static func swap(_ bytes: UnsafeMutableRawPointer, count: Int, width: Int) {
        switch width {
        case 2: unsafe swap(bytes, count, UInt16.self)
        case 4: unsafe swap(bytes, count, UInt32.self)
        case 8: unsafe swap(bytes, count, UInt64.self)
        default: break
        }
    }

    @inline(__always)
    private static func swap<Number: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeMutableRawPointer, _ count: Int, _ type: Number.Type
    ) {
        for offset in stride(
            from: 0, to: count * MemoryLayout<Number>.size, by: MemoryLayout<Number>.size)
        {
            let number = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
            unsafe bytes.storeBytes(of: number.byteSwapped, toByteOffset: offset, as: Number.self)
        }
    }
}
