"""Areas that come with the product as data. Another area is another file here, or rows made by its beheerder."""
