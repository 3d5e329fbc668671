/// The elements of a list: values, or what makes each of them whenever it is asked for.
///
/// The tasks of a large collection take several times the memory of their text as values. Made one
/// by one they take none: whoever goes through them should go through once.
package struct DocumentList: Sendable {
    private enum Storage: Sendable {
        case values([DocumentValue])
        case made(Maker)
    }

    /// What makes elements.
    private final class Maker: Sendable {
        let count: Int
        let make: @Sendable (Int) -> DocumentValue

        init(count: Int, make: @escaping @Sendable (Int) -> DocumentValue) {
            self.count = count
            self.make = make
        }
    }

    private let storage: Storage

    /// A list of values.
    package init(_ values: [DocumentValue]) { storage = .values(values) }

    /// A list whose elements are made when they are asked for.
    ///
    /// - Parameters:
    ///   - count: How many there are.
    ///   - make: Makes one by its number, the same one each time.
    package init(count: Int, making make: @escaping @Sendable (Int) -> DocumentValue) {
        storage = .made(Maker(count: count, make: make))
    }
}

extension DocumentList: RandomAccessCollection {
    /// The number of the first element.
    package var startIndex: Int { 0 }

    /// The number behind the last element.
    package var endIndex: Int {
        switch storage {
        case .values(let values): values.count
        case .made(let maker): maker.count
        }
    }

    /// An element.
    package subscript(index: Int) -> DocumentValue {
        switch storage {
        case .values(let values): values[index]
        case .made(let maker): maker.make(index)
        }
    }
}

extension DocumentList: Hashable {
    /// Whether the elements of two lists are the same.
    package static func == (one: Self, other: Self) -> Bool { one.elementsEqual(other) }

    /// Hashes the elements.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for element in self { hasher.combine(element) }
    }
}

extension DocumentList: ExpressibleByArrayLiteral {
    /// A list of values in brackets.
    package init(arrayLiteral values: DocumentValue...) { self.init(values) }
}
