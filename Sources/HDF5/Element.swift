import CHDF5

/// A number that datasets and attributes can hold.
package protocol Element: BitwiseCopyable, Sendable {
    /// Which number it is.
    static var numberType: NumberType { get }

    /// The number, if it is one of this type.
    init?<Source: BinaryInteger>(exactly source: Source)

    /// The same number, which this type is known to hold.
    init(widening number: Int64)

    /// The same number, which this type is known to hold.
    init(widening number: Double)
}

extension Float: Element {
    package static var numberType: NumberType { .float32 }
    package init(widening number: Int64) { self.init(number) }
    package init(widening number: Double) { self.init(number) }
}

extension Double: Element {
    package static var numberType: NumberType { .float64 }
    package init(widening number: Int64) { self.init(number) }
    package init(widening number: Double) { self = number }
}

extension Element where Self: FixedWidthInteger {
    package init(widening number: Int64) { self.init(truncatingIfNeeded: number) }
    package init(widening number: Double) { self.init(number) }
}

extension Int8: Element { package static var numberType: NumberType { .int8 } }
extension Int16: Element { package static var numberType: NumberType { .int16 } }
extension Int32: Element { package static var numberType: NumberType { .int32 } }
extension Int64: Element { package static var numberType: NumberType { .int64 } }
extension UInt8: Element { package static var numberType: NumberType { .uint8 } }
extension UInt16: Element { package static var numberType: NumberType { .uint16 } }
extension UInt32: Element { package static var numberType: NumberType { .uint32 } }
extension UInt64: Element { package static var numberType: NumberType { .uint64 } }
