extension Array where Element == Double {
    /// The element that would stand at `rank` if the array were sorted; reorders the array.
    ///
    /// Hoare's selection: linear on average, where sorting a million steps takes longer than
    /// reading them from the file.
    ///
    /// - Parameter rank: Below `count`.
    /// - Returns: The element; `rank` others at most are smaller.
    mutating func select(_ rank: Int) -> Double {
        precondition(indices.contains(rank), "rank \(rank) of \(count) values")
        var low = 0
        var high = count - 1
        while low < high {
            let pivot = self[low + (high - low) / 2]
            var left = low
            var right = high
            while left <= right {
                while self[left] < pivot { left += 1 }
                while self[right] > pivot { right -= 1 }
                if left <= right {
                    swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank <= right {
                high = right
            } else if rank >= left {
                low = left
            } else {
                break
            }
        }
        return self[rank]
    }
}
