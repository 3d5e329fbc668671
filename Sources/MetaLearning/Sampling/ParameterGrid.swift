package import SeededRandom

/// A space of task parameters cut into cells.
package struct ParameterGrid: Sendable, Hashable {
    /// One parameter.
    package struct Axis: Sendable, Hashable {
        /// The name that the file gives it.
        package let name: String
        /// Where it begins.
        package let lower: Double
        /// Where it ends; what is left of it after the last whole cell is never drawn.
        package let upper: Double
        /// The width of a cell.
        package let block: Double

        /// Creates an axis.
        package init(_ name: String, from lower: Double, to upper: Double, block: Double) {
            precondition(lower < upper && block > 0 && block <= upper - lower, "needs a cell")
            self.name = name
            self.lower = lower
            self.upper = upper
            self.block = block
        }

        /// Whole cells of the axis.
        package var count: Int { Int((upper - lower) / block + 1e-9) }
    }

    /// The parameters.
    package let axes: [Axis]

    /// Creates a grid.
    package init(_ axes: [Axis]) {
        self.axes = axes
    }

    /// How many cells there are.
    package var cellCount: Int { axes.reduce(1) { $0 * $1.count } }

    /// A cell's place along each axis; the last axis varies fastest.
    package func place(of cell: Int) -> [Int] {
        var rest = cell
        var place: [Int] = []
        for axis in axes.reversed() {
            place.append(rest % axis.count)
            rest /= axis.count
        }
        return place.reversed()
    }

    /// Parameters drawn uniformly from a cell.
    package func parameters(
        of cell: Int, from generator: inout SeededGenerator
    ) -> [Double] {
        zip(axes, place(of: cell)).map { axis, place in
            axis.lower + Double(place) * axis.block + generator.uniform() * axis.block
        }
    }

    /// A queue over the grid as CSV, one row a cell: what heat maps are drawn from.
    package func heatMap(of queue: TaskQueue) -> String {
        let rows = (0..<cellCount).map { cell in
            let starts = zip(axes, place(of: cell)).map { axis, place in
                "\(axis.lower + Double(place) * axis.block)"
            }
            return starts.joined(separator: ",")
                + ",\(queue.losses[cell]),\(queue.changes[cell]),\(queue.counts[cell])\n"
        }
        return axes.map(\.name).joined(separator: ",") + ",loss,change,count\n" + rows.joined()
    }
}
