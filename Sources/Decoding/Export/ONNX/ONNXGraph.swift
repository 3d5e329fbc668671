internal import Protobuf

/// Operators of ONNX on their way: nodes one after the other, each with an output of its own, and
/// the constants that they take.
///
/// The messages are those of onnx.proto of ONNX 1.13 (IR version 8).
struct ONNXGraph {
    /// A setting of an operator.
    enum Attribute {
        case integer(Int)
        case integers([Int])
        case number(Float)
    }

    /// What elements of tensors are, as `TensorProto.DataType` counts them.
    enum ElementType: Int {
        case float32 = 1
        case int64 = 7
        case float64 = 11
    }

    private var nodes: [ProtobufMessage] = []
    private var initializers: [ProtobufMessage] = []
    private var names: Set<String> = []
    private var integerConstants: [[Int]: String] = [:]

    /// Adds an operator.
    ///
    /// - Parameters:
    ///   - type: Which one, such as `Gemm`.
    ///   - inputs: The names of its inputs.
    ///   - attributes: Its settings.
    ///   - name: What its output is called; a name of its own when left out.
    /// - Returns: The name of its output.
    mutating func add(
        _ type: String, _ inputs: [String], _ attributes: [(name: String, value: Attribute)] = [],
        named name: String? = nil
    ) -> String {
        let output = unused(name ?? type.lowercased())
        var node = ProtobufMessage()
        for input in inputs { node.add(input, as: 1) }
        node.add(output, as: 2)
        node.add(output, as: 3)
        node.add(type, as: 4)
        for (name, value) in attributes {
            var attribute = ProtobufMessage()
            attribute.add(name, as: 1)
            switch value {
            case .number(let number):
                attribute.add(number, as: 2)
                attribute.add(1, as: 20)
            case .integer(let number):
                attribute.add(number, as: 3)
                attribute.add(2, as: 20)
            case .integers(let numbers):
                for number in numbers { attribute.add(number, as: 8) }
                attribute.add(7, as: 20)
            }
            node.add(attribute, as: 5)
        }
        nodes.append(node)
        return output
    }

    /// Adds numbers of single precision.
    mutating func constant(
        _ values: [Float], shape: [Int], named name: String = "constant"
    ) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 * values.count)
        for value in values { bytes.appendLittleEndian(value.bitPattern) }
        return initializer(.float32, bytes, shape: shape, named: name)
    }

    /// Adds numbers of double precision, a vector when no shape is given.
    mutating func constant(
        _ values: [Double], shape: [Int]? = nil, named name: String
    ) -> String {
        var bytes: [UInt8] = []
        for value in values { bytes.appendLittleEndian(value.bitPattern) }
        return initializer(.float64, bytes, shape: shape ?? [values.count], named: name)
    }

    /// Adds whole numbers; the same ones once only.
    mutating func constant(_ values: [Int]) -> String {
        if let name = integerConstants[values] { return name }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 * values.count)
        for value in values { bytes.appendLittleEndian(UInt64(bitPattern: Int64(value))) }
        let name = initializer(.int64, bytes, shape: [values.count], named: "integers")
        integerConstants[values] = name
        return name
    }

    /// The graph as `GraphProto`.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - inputs: Names and extents of the inputs; a text names an extent of any size.
    ///   - outputs: Those of the outputs.
    /// - Returns: The message.
    func message(
        named name: String, inputs: [(name: String, extents: [Extent])],
        outputs: [(name: String, extents: [Extent])]
    ) -> ProtobufMessage {
        var message = ProtobufMessage()
        for node in nodes { message.add(node, as: 1) }
        message.add(name, as: 2)
        for initializer in initializers { message.add(initializer, as: 5) }
        for input in inputs { message.add(Self.value(input.name, input.extents), as: 11) }
        for output in outputs { message.add(Self.value(output.name, output.extents), as: 12) }
        return message
    }

    /// An extent of an input or output.
    enum Extent {
        case fixed(Int)
        case any(String)
    }

    private static func value(_ name: String, _ extents: [Extent]) -> ProtobufMessage {
        var shape = ProtobufMessage()
        for extent in extents {
            var dimension = ProtobufMessage()
            switch extent {
            case .fixed(let count): dimension.add(count, as: 1)
            case .any(let name): dimension.add(name, as: 2)
            }
            shape.add(dimension, as: 1)
        }
        var tensor = ProtobufMessage()
        tensor.add(ElementType.float32.rawValue, as: 1)
        tensor.add(shape, as: 2)
        var type = ProtobufMessage()
        type.add(tensor, as: 1)
        var value = ProtobufMessage()
        value.add(name, as: 1)
        value.add(type, as: 2)
        return value
    }

    private mutating func initializer(
        _ type: ElementType, _ bytes: [UInt8], shape: [Int], named name: String
    ) -> String {
        let name = unused(name)
        var tensor = ProtobufMessage()
        for extent in shape { tensor.add(extent, as: 1) }
        tensor.add(type.rawValue, as: 2)
        tensor.add(name, as: 8)
        tensor.add(bytes: bytes, as: 9)
        initializers.append(tensor)
        return name
    }

    /// A name that nothing has yet.
    private mutating func unused(_ wanted: String) -> String {
        var name = wanted
        var number = 1
        while !names.insert(name).inserted {
            number += 1
            name = "\(wanted)_\(number)"
        }
        return name
    }
}
