private import CVectorKernels

/// Matrices by which single rows are multiplied, laid out so that they are read from their first
/// number to their last: panels of 64 outputs, the last one narrower, each `[inputs × panel]`.
struct PanelMatrix: Sendable {
    /// Numbers of a row.
    let inputs: Int
    /// Numbers of a result's row with those, all 0, that fill whole vectors.
    let outputs: Int
    private let values: [Float]

    private static let panel = 64
    private static let vector = 16

    /// So many numbers with those that fill whole vectors.
    static func filled(_ count: Int) -> Int { (count + vector - 1) / vector * vector }

    /// Lays matrices out.
    ///
    /// - Parameters:
    ///   - count: How many matrices of one size there are.
    ///   - inputs: Numbers of a row.
    ///   - outputs: Numbers of a result's row.
    ///   - value: The number of a matrix that belongs to an input and an output.
    init(
        count: Int = 1, inputs: Int, outputs: Int,
        value: (_ matrix: Int, _ input: Int, _ output: Int) -> Float
    ) {
        let filled = Self.filled(outputs)
        (self.inputs, self.outputs) = (inputs, filled)
        var values: [Float] = []
        values.reserveCapacity(count * inputs * filled)
        for matrix in 0..<count {
            for first in stride(from: 0, to: filled, by: Self.panel) {
                for input in 0..<inputs {
                    for output in first..<min(first + Self.panel, filled) {
                        values.append(output < outputs ? value(matrix, input, output) : 0)
                    }
                }
            }
        }
        self.values = values
    }

    /// Adds the product of a row and a matrix to another row of the same memory.
    ///
    /// - Parameters:
    ///   - matrix: Which matrix.
    ///   - row: Where the row begins.
    ///   - result: Where the row begins that is added to; it has ``outputs`` numbers.
    ///   - memory: Both rows, which do not overlap.
    func addProduct(_ matrix: Int = 0, of row: Int, to result: Int, in memory: inout [Float]) {
        check(matrix)
        precondition(
            row >= 0 && row + inputs <= memory.count && result >= 0
                && result + outputs <= memory.count
                && (row + inputs <= result || result + outputs <= row),
            "rows lie in the memory and do not overlap")
        unsafe memory.withUnsafeMutableBufferPointer { memory in
            unsafe values.withUnsafeBufferPointer { values in
                guard let base = memory.baseAddress, let panels = values.baseAddress else { return }
                unsafe myotask_add_row(
                    base + result, panels + matrix * inputs * outputs, base + row, inputs, outputs)
            }
        }
    }

    /// Adds the product of a row and a matrix to totals in double precision.
    ///
    /// - Parameters:
    ///   - matrix: Which matrix.
    ///   - row: Where the row begins.
    ///   - memory: The row's memory.
    ///   - first: Where the totals begin, ``outputs`` numbers.
    ///   - totals: What is added to.
    func addProduct(
        _ matrix: Int = 0, of row: Int, in memory: [Float], to first: Int,
        of totals: inout [Double]
    ) {
        check(matrix)
        precondition(
            row >= 0 && row + inputs <= memory.count && first >= 0
                && first + outputs <= totals.count, "row and totals lie in their memories")
        unsafe memory.withUnsafeBufferPointer { memory in
            unsafe totals.withUnsafeMutableBufferPointer { totals in
                unsafe values.withUnsafeBufferPointer { values in
                    guard let base = memory.baseAddress, let sums = totals.baseAddress,
                        let panels = values.baseAddress
                    else { return }
                    unsafe myotask_add_row_total(
                        sums + first, panels + matrix * inputs * outputs, base + row, inputs,
                        outputs)
                }
            }
        }
    }

    private func check(_ matrix: Int) {
        precondition(
            matrix >= 0 && (matrix + 1) * inputs * outputs <= values.count,
            "a matrix \(matrix) that there is")
    }
}
